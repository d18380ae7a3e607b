### Toutes les phrases du bot en français. Simples, chaleureuses, courtes ; tutoiement ; pas de point d'exclamation.
### `{ $name }` est rempli par le programme : ne le change pas. `# draft: …` marque une phrase pas encore relue.

## Words of the vocabulary: topics

topic-peer-support = soutien entre pairs
topic-drop-in = lieu d'accueil
topic-outreach = travail de rue
topic-legal-help = aide juridique
topic-know-your-rights = connaître ses droits
topic-law-reform = changer la loi
topic-immigration = immigration et papiers
topic-health = santé
topic-sexual-health = santé sexuelle
topic-mental-health = santé mentale
topic-gender-affirming-care = soins d'affirmation de genre
topic-harm-reduction = réduction des risques
topic-overdose = surdose
topic-bad-date-reporting = signaler un mauvais client
topic-violence-support = soutien après une violence
topic-sexual-assault = soutien après une agression sexuelle
topic-crisis = lignes de crise
topic-suicide-prevention = prévention du suicide
topic-housing = logement
topic-food = nourriture
topic-emergency-funds = argent d'urgence
topic-money-and-taxes = argent et impôts
topic-digital-safety = sécurité numérique
topic-online-work = travail en ligne
topic-workplace-rights = droits au travail
topic-union = syndicats
topic-police-misconduct = abus de la police
topic-criminal-record = casier judiciaire
topic-incarceration-support = soutien en prison
topic-leaving-the-industry = changer de travail
topic-trafficking-support = soutien contre la traite
topic-parenting = parents et enfants
topic-education-and-training = cours et formation
topic-community-events = rencontres
topic-advocacy = défense des droits
topic-research = recherche
topic-translation = traduction
topic-burial-and-grief = deuil et funérailles

## Words of the vocabulary: who it serves

serves-all = tout le monde
serves-migrant = personnes migrantes
serves-indigenous = personnes autochtones
serves-black = personnes noires
serves-asian = personnes asiatiques
serves-latinx = personnes latino-américaines
serves-racialized = personnes racisées
serves-trans = personnes trans
serves-women = femmes
serves-men = hommes
serves-nonbinary = personnes non binaires
serves-lgbtq = personnes LGBTQ
serves-youth = jeunes
serves-street-based = personnes qui travaillent dehors
serves-indoor = personnes qui travaillent à l'intérieur
serves-online = personnes qui travaillent en ligne
serves-strippers = personnes qui font du strip-tease ou de la danse
serves-disabled = personnes handicapées
serves-people-who-use-drugs = personnes qui consomment
serves-parents = parents
serves-incarcerated = personnes en prison
serves-survivors = personnes ayant vécu une violence
serves-newcomers = personnes arrivées récemment
serves-francophone = francophones

## Words of the vocabulary: ways to reach it

access-in-person = sur place
access-phone = par téléphone
access-text = par texto
access-online = en ligne

## Words of the vocabulary: kinds, who leads, how it was checked

kind-organization = groupe
kind-helpline = ligne d'écoute
kind-service = service
kind-guide = guide
kind-tool = outil
kind-tip = conseil
kind-fund = fonds
kind-campaign = campagne
kind-event = événement
led-by-sex-workers = par et pour les travailleuses et travailleurs du sexe
led-by-mixed = travailleuses et travailleurs du sexe avec des personnes alliées
led-by-allies = mené par des personnes alliées
led-by-public-body = mené par un organisme public
led-by-unknown = on ne sait pas qui le mène
method-org-confirmed = confirmé par le groupe
method-called-or-messaged = nous avons appelé ou écrit
method-used-by-peer = utilisé par une personne pair
method-own-page-read = lu sur sa propre page
method-third-party-page = lu sur une autre page

## Words of the vocabulary: what to know before going

caution-anti-trafficking-organization = est une organisation contre la traite
caution-approved-by-one = a été publié par une seule personne de la modération
caution-carceral-approach = compte sur la police et les tribunaux
caution-conflates-sex-work-and-trafficking = confond travail du sexe et traite
caution-court-partnership = travaille avec les tribunaux
caution-dated-legal-information = ses informations juridiques sont anciennes
caution-exit-focused = l'aide peut dépendre de l'arrêt du travail du sexe
caution-faith-based = est tenu par un organisme religieux
caution-grants-to-groups-only = donne de l'argent à des groupes, pas à des personnes
caution-id-required = demande une pièce d'identité
caution-industry-association = est une association de l'industrie
caution-mandatory-reporting = le personnel doit signaler certaines choses
caution-may-involve-emergency-services = peut envoyer la police ou une ambulance sans qu'on le demande
caution-mixed-mission = a aussi d'autres buts que les droits des travailleuses et travailleurs du sexe
caution-police-only-with-consent = parle à la police seulement si tu es d'accord
caution-police-partnership = travaille avec la police
caution-proof-of-work-required = demande une preuve de travail du sexe
caution-state-program = est un programme de l'État
caution-status-required = demande le statut de séjour

## Words of the vocabulary: labels

label-sends-police = { $value ->
    [yes] peut envoyer la police ou une ambulance sans qu'on le demande
    [no] n'envoie pas la police sans qu'on le demande
   *[unknown] on ne sait pas s'il envoie la police
  }
label-police-partnership = { $value ->
    [yes] travaille avec la police
    [no] ne travaille pas avec la police
   *[unknown] on ne sait pas s'il travaille avec la police
  }
label-mandatory-reporting = { $value ->
    [yes] le personnel doit signaler certaines choses
    [no] le personnel n'a rien à signaler
   *[unknown] on ne sait pas si le personnel doit signaler certaines choses
  }
label-exit-focused = { $value ->
    [yes] l'aide peut dépendre de l'arrêt du travail du sexe
    [no] pas besoin d'arrêter le travail du sexe
   *[unknown] on ne sait pas si l'aide dépend de l'arrêt du travail du sexe
  }
label-faith-based = { $value ->
    [yes] tenu par un organisme religieux
    [no] pas tenu par un organisme religieux
   *[unknown] on ne sait pas si un organisme religieux le tient
  }
label-id-required = { $value ->
    [yes] demande une pièce d'identité
    [no] ne demande pas de pièce d'identité
   *[unknown] on ne sait pas s'il demande une pièce d'identité
  }
label-status-required = { $value ->
    [yes] demande le statut de séjour
    [no] ne demande pas le statut de séjour
   *[unknown] on ne sait pas s'il demande le statut de séjour
  }
label-records-kept = { $value ->
    [yes] garde un dossier à un nom
    [no] ne garde pas de dossier à un nom
   *[unknown] on ne sait pas s'il garde un dossier
  }
label-free = { $value ->
    [yes] gratuit
    [no] payant
   *[unknown] on ne sait pas si c'est gratuit
  }
label-anonymous = { $value ->
    [yes] pas besoin de donner un nom
    [no] demande un nom
   *[unknown] on ne sait pas s'il faut donner un nom
  }
label-walk-in = { $value ->
    [yes] sans rendez-vous
    [no] sur rendez-vous
   *[unknown] on ne sait pas s'il faut un rendez-vous
  }
label-open-at-night = { $value ->
    [yes] ouvert la nuit
    [no] fermé la nuit
   *[unknown] on ne sait pas si c'est ouvert la nuit
  }
label-wheelchair = { $value ->
    [yes] sans marches
    [no] avec des marches
   *[unknown] on ne sait pas s'il y a des marches
  }
label-interpreter = { $value ->
    [yes] avec interprètes
    [no] sans interprètes
   *[unknown] on ne sait pas s'il y a des interprètes
  }
label-trans-welcome = { $value ->
    [yes] accueille les personnes trans sur leur parole
    [no] n'accueille pas les personnes trans sur leur parole
   *[unknown] on ne sait pas si les personnes trans y sont les bienvenues
  }
label-childcare = { $value ->
    [yes] les enfants sont les bienvenus
    [no] pas pour les enfants
   *[unknown] on ne sait pas si les enfants sont les bienvenus
  }

## Names of languages

language-am = amharique
language-ar = arabe
language-asl = langue des signes américaine
language-ay = aymara
language-ber = berbère
language-bg = bulgare
language-bin = edo
language-bm = bambara
language-bn = bengali
language-ca = catalan
language-cmn = mandarin
language-cr = cri
language-cs = tchèque
language-de = allemand
language-el = grec
language-en = anglais
language-es = espagnol
language-eu = basque
language-fa = persan
language-fi = finnois
language-fil = filipino
language-fr = français
language-gl = galicien
language-gn = guarani
language-hak = hakka
language-he = hébreu
language-hi = hindi
language-ht = créole haïtien
language-hu = hongrois
language-id = indonésien
language-it = italien
language-iu = inuktitut
language-ja = japonais
language-km = khmer
language-ko = coréen
language-ln = lingala
language-lo = lao
language-lsf = langue des signes française
language-lsm = langue des signes mexicaine
language-lsq = langue des signes québécoise
language-mn = mongol
language-mr = marathi
language-ms = malais
language-my = birman
language-myn = maya
language-nah = nahuatl
language-nan = hokkien
language-ne = népalais
language-nl = néerlandais
language-no = norvégien
language-oj = ojibwé
language-pa = pendjabi
language-pcm = pidgin nigérian
language-pl = polonais
language-ps = pachto
language-pt = portugais
language-qu = quechua
language-ro = roumain
language-rom = romani
language-ru = russe
language-so = somali
language-sq = albanais
language-sr = serbe
language-sv = suédois
language-sw = swahili
language-ta = tamoul
language-te = télougou
language-th = thaï
language-ti = tigrigna
language-tl = tagalog
language-tr = turc
language-uk = ukrainien
language-ur = ourdou
language-vi = vietnamien
language-wo = wolof
language-wuu = shanghaïen
language-xh = xhosa
language-yo = yoruba
language-yue = cantonais
language-zh = chinois
language-zu = zoulou

## Dates

date-year = { $year }
date-month = { $month ->
    [january] janvier { $year }
    [february] février { $year }
    [march] mars { $year }
    [april] avril { $year }
    [may] mai { $year }
    [june] juin { $year }
    [july] juillet { $year }
    [august] août { $year }
    [september] septembre { $year }
    [october] octobre { $year }
    [november] novembre { $year }
   *[december] décembre { $year }
  }

## How fresh a record is

fresh-checked = vérifié en { $date }
fresh-due = vérifié en { $date }, à revérifier
fresh-past = pas vérifié depuis { $date }
fresh-unchecked = pas encore vérifié ici ; vu pour la dernière fois dans une source publique en { $date }
fresh-undated = pas encore vérifié ici ; date de la source inconnue
fresh-opens = ouvre en { $date }
fresh-until = jusqu'en { $date }
fresh-ended = terminé en { $date }
fresh-phone-old = le numéro de téléphone date de { $date } et a pu changer
fresh-phone-undated = personne ne sait de quand date le numéro de téléphone
fresh-joined = { $first } ; { $second }

## Why a record is there

reason-named = tu l'as nommé
reason-covers = zone { $place }
reason-worldwide = monde entier
reason-serves = pour { $serves }
reason-language = parle { $languages }

## Lines of a record

list-comma = { $first }, { $second }
card-why = Pourquoi : { $reasons }
card-fresh = Fraîcheur : { $freshness }
card-phone = Téléphone : { $phone }
card-text = Texto : { $phone }
card-whatsapp = WhatsApp : { $phone }
card-email = Courriel : { $email }
card-web = Site :
card-address = Adresse : { $address }
card-hours = Heures, dans les mots de la source : { $hours }
card-languages = Langues : { $languages }
card-police = Police : { $known }
card-caution = Bon à savoir : { $caution }
card-only-in = Seulement en { $language } : { $description }
card-no-contact = Je ne lui connais ni numéro ni adresse.
show-kind = Ce que c'est : { $kind }
show-led-by = Qui le mène : { $led }
show-involvement = La place des travailleuses et travailleurs du sexe (en anglais) : { $involvement }
show-topics = Aide pour : { $topics }
show-serves = Pour : { $serves }
show-covers = Où : { $places }
show-access = Comment le joindre : { $ways }
show-known = Connu : { $labels }
show-aliases = Aussi appelé : { $names }
show-calls = Ce qu'il demande : { $calls }
show-check = Vérifié en { $date } : { $method }
show-sources = D'où cela vient
show-source = { $says } :
show-source-dated = { $says } ({ $date }) :
show-none = Je n'ai pas de fiche de ce nom.

## Answers

answer-home = Je prends { $place } comme ton endroit. Si tu es ailleurs, dis où.
answer-nothing-local = Je ne connais rien à { $place } même pour cela. Voici ce qui couvre plus large ou marche de partout.
answer-missing-topic = Je ne connais rien là-bas sur : { $what }.
answer-missing-language = Je ne connais personne là-bas qui parle { $what }.
answer-missing-serves = Je ne connais rien là-bas surtout pour : { $what }.
answer-missing-wish = Pour aucun de ces résultats on ne sait : { $what }.
answer-missing-together = Je ne connais là-bas rien de tel en { $language } : { $topic }.
answer-nothing = Je ne connais rien qui convienne.
answer-nothing-place = Je ne connais rien qui convienne et qui couvre { $place }.
answer-topics = Tu peux me demander : { $topics }.
answer-where = Où es-tu ? Un pays ou une région suffit. En attendant, je montre seulement ce qui est en ligne ou mondial.
place-within = { $place } ({ $around })
answer-unclear = De quel endroit parles-tu ?
answer-part = { $first } à { $last } sur { $total }
answer-end = Il n'y a rien de plus.
answer-languages = J'écris en anglais, en français, en espagnol et en chinois.
answer-unsure = Je ne sais pas bien ce qu'il te faut. Dis-le en quelques mots, comme « aide juridique à Montréal », ou choisis un sujet.
answer-directory-lost = Je n'arrive pas à lire le répertoire, donc je ne peux pas chercher. Les fiches urgentes marchent toujours.
answer-privately = Je peux te répondre en privé. Écris-moi un message direct.

## Things to choose

do-more = Plus de résultats
do-show = Tout sur { $name }
do-wrong = Ce n'est pas ça
do-guided = Choisir un sujet
do-place = Dire où je suis
do-language = Une autre langue
do-peers = Parler avec des pairs
do-search = Chercher cela dans le répertoire
do-help = Ce que je sais faire
do-privacy = Ce qui est gardé

## Choosing without words

guided-topic = De quoi as-tu besoin ?
guided-place = Où ? Un pays ou une région suffit.
guided-region = Dans quelle partie ? ({ $place })
guided-anywhere = Partout, en ligne
guided-all = Tout : { $place }
guided-type = Tu peux aussi écrire un endroit.
need-talk = Quelqu'un à qui parler
need-legal = Loi, police et droits
need-immigration = Immigration et papiers
need-health = Santé
need-drugs = Consommer à moindre risque
need-violence = Violence et mauvais clients
need-home = Logement et nourriture
need-money = Argent et impôts
need-work = Droits au travail, travail en ligne
need-digital = Sécurité numérique
need-community = Groupes et campagnes

## Languages

language-choose = Dans quelle langue dois-je écrire ?
language-self = français
language-set = À partir d'ici, j'écris en français.

## Setting right

correct-card = Pardon. C'est quoi alors ?
correct-answer = Pardon. Dis-le avec d'autres mots, ou choisis :
correct-search = Rien de tout ça, cherche dans le répertoire

class-overdose = Quelqu'un a trop pris, ou va consommer en étant seul
class-suicide = Des idées de mourir
class-violence = Violence ou agression
class-police-raid = La police au travail ou chez moi
class-immigration-detention = Des agents d'immigration
class-stalking-doxxing = On me suit, on m'expose ou on me menace
class-coercion = On me force
class-minor = J'ai moins de 18 ans
class-buyer = Acheter des services
class-find-person = Chercher quelqu'un
class-solicitation = Une annonce
class-legal-advice = Ce que dit la loi
class-journalist = Presse ou recherche
class-bad-date = Un avertissement sur un client

## Cards: what can be done now

# draft: to be read by harm reduction groups and a nurse
card-overdose = { $urgency ->
    [now] Regarde la respiration. Lente, ronflante ou absente : allonge la personne sur le dos, penche sa tête en arrière, un souffle toutes les 5 secondes. Naloxone si tu en as, encore après 3 minutes. Reste là. Si c'est toi, déverrouille la porte et appelle un proche. Une ambulance est un choix.
   *[soon] Une ligne peut rester avec toi pendant que tu consommes. Commence par une petite dose, va lentement. Garde la naloxone près de toi et la porte déverrouillée. Si la respiration ralentit : naloxone, rester ensemble. Une ambulance est un choix.
  }
# draft: to be read by crisis lines and peers
card-suicide = Merci de l'avoir écrit, c'est bien que tu sois là. Demande à une personne de confiance de rester avec toi maintenant, ou reste près de gens. S'il s'agit de quelqu'un d'autre, reste avec cette personne et écoute. Ces lignes parlent avec toi, aussi la nuit.
# draft: to be read by violence support groups and a nurse
card-violence = { $urgency ->
    [now] Va d'abord dans un endroit plus sûr, si tu peux : une pièce fermée, chez un voisin, un magasin. Garde ton téléphone sur toi. Après un étranglement, un saignement fort ou un coup à la tête, il faut voir un médecin ou une infirmière aujourd'hui. Tu choisis à qui le dire.
   *[soon] Ce n'est pas ta faute, et tu choisis à qui le dire. Certains soins marchent seulement dans les jours qui suivent : traitement contre le VIH dans les 72 heures, contraception d'urgence dans les 5 jours. Après un étranglement, vois un médecin ou une infirmière aujourd'hui.
  }
# draft: to be read by legal groups of the place
card-police-raid = { $urgency ->
    [now] Tu peux demander un avocat et un interprète. Garde tes mains bien visibles. Quand c'est possible sans danger, note les noms, les matricules et l'heure.
   *[soon] Écris ce qui s'est passé, quand, les noms et matricules, et ce qui a été pris. Garde tous les papiers. Un avocat peut demander qu'on te rende tes affaires.
  }
rights-card = Une carte des droits pour { $place }, information générale de { $date } :
rights-card-undated = Une carte des droits pour { $place }, information générale sans date :
rights-none = Je n'ai pas de carte des droits pour cet endroit.
# draft: to be read by migrant-led groups and immigration lawyers
card-immigration-detention = Un groupe de personnes migrantes ou un avocat peut aider à retrouver la personne et à la défendre. Tu peux demander un avocat et un interprète. Garde pour eux les papiers, les dates et les lettres ; moi, je n'en ai pas besoin.
# draft: to be read by digital safety groups
card-stalking-doxxing = { $urgency ->
    [now] Ce n'est pas ta faute. Si quelqu'un est tout près, va là où il y a du monde et préviens une personne de confiance. Si c'est sans danger, garde des copies : captures d'écran avec la date et l'adresse. Tu choisis à qui d'autre le dire.
   *[soon] Ce n'est pas ta faute. Si c'est sans danger, garde des copies avant que rien ne soit retiré : captures d'écran avec la date et l'adresse. Change tes mots de passe depuis un appareil hors de leur portée. Tu choisis à qui le dire.
  }
# draft: to be read by sex worker-led and migrant-led groups
card-coercion = Je te crois. Tu décides de la suite, et quand. Ces groupes écoutent d'abord. Ils peuvent aider pour les papiers, la paie, les menaces ou un lieu sûr, aussi si tu veux continuer à travailler.
# draft: to be read by youth groups and a lawyer
card-minor = Merci de me le dire. Je n'en parle à personne. Certains services doivent signaler certaines choses sur les moins de 18 ans ; je le dis quand je le sais. Tu peux demander d'abord : que devez-vous signaler ?
card-buyer = Ce bot est pour les travailleuses et travailleurs du sexe et leurs pairs. Je ne peux pas t'aider avec cela.
card-find-person = Je ne cherche jamais de personnes ni de lieux de travail, et je ne dis jamais si quelqu'un est ici. Si tu t'inquiètes pour un proche, il y a du soutien pour toi aussi. Ces groupes disent ce que font les signalements et les descentes.
card-solicitation = Un mot pour toi seulement : beaucoup de plateformes ferment les salons avec des annonces ou des prix, alors ne les mets pas ici. Personne n'est prévenu. Ces groupes parlent du travail en sécurité.
# draft: to be read by legal groups of the place
card-legal-advice = Je ne peux pas dire ce que la loi veut dire pour toi. J'ai des informations générales avec leur date, et des gens qui peuvent regarder ton cas. Les lois changent : regarde de quand elles datent.
card-journalist = Les gens d'ici ne sont pas une liste de sources, et je ne transmets rien. Ces groupes publient un contact où tu peux écrire :
card-bad-date = Je ne garde rien de cela. Ces groupes tiennent des listes qui rendent ces avertissements sûrs. Donne-le à eux, pas au salon.
card-help-elsewhere = S'il te faut quelque chose pour toi, dis-moi quoi.
card-emergency = Un choix : le { $number } est le numéro d'urgence ({ $country }). La police peut venir aussi.
card-emergency-unknown = Un choix : le numéro d'urgence là où tu es. La police peut venir aussi.
card-nobody = Je ne contacte personne, et rien de ce que tu écris n'est gardé.
card-where = Dis-moi le pays ou la région, et je peux nommer de l'aide là-bas.
card-contacts-none = Je ne connais pas de contact pour cela qui couvre { $place }.
card-contacts-none-anywhere = Sans endroit, je ne connais pas de contact pour cela.
card-peers = Des pairs connaissent cela. Tu peux leur parler, maintenant ou plus tard.
card-health = L'information de santé pour tout le monde est là si tu la demandes.

## Small talk and the rest

small-talk = Je suis là. Quand il te faut un groupe, un service ou un guide, dis-moi quoi et où.
off-topic = Je ne connais pas cela. Je connais des groupes, services et guides par et pour les travailleuses et travailleurs du sexe.
hostile = D'accord. S'il te faut quelque chose, écris-le, et je cherche.

## Help

help-what = Je connais des groupes, lignes d'écoute, services et guides par et pour les travailleuses et travailleurs du sexe et leurs pairs.
help-how = Écris ce qu'il te faut et où, avec tes mots : « aide juridique à Montréal, en espagnol ».
help-urgent = Si c'est urgent, écris ce qui se passe. Cela passe avant tout le reste.
help-program = Je suis un programme, pas une personne. Je choisis parmi des phrases et des fiches écrites par des gens ; je n'invente rien.
help-mend = Une fiche est fausse, ou il en manque une ? Dis-le aux gens qui font marcher ce bot ; ils corrigent.
help-commands = Tu peux aussi écrire : { $guided }, { $language }, { $privacy }, { $help }, { $quit }.

## Commands: what people type, the first word is the one that is shown

command-help = aide, commandes, menu
command-privacy = confidentialité, vie privée
command-quit = quitter, sortir, au revoir
command-language = langue, langues
command-guided = sujets, choisir
command-more = plus, suite, suivant

## What is kept

privacy-words = Rien de ce que tu écris n'est gardé : ni tes mots, ni le fait que tu as demandé.
privacy-disk = Cette conversation n'écrit rien sur le disque et n'envoie rien sur un réseau.
privacy-memory = La langue choisie et les derniers choix affichés restent en mémoire jusqu'à ce que tu quittes.
privacy-shell = Ton terminal peut garder ce qui est à l'écran, et un shell garde les mots tapés après « ask ». Cela, je ne peux pas l'effacer.

## The terminal

greeting = Bonjour, ici Umbrella : de l'aide par et pour les travailleuses et travailleurs du sexe et leurs pairs. Rien de ce que tu écris n'est gardé.
greeting-how = Écris ce qu'il te faut et où. Tape { $help } pour l'aide, { $quit } pour partir.
farewell = Prends soin de toi.
choices-how = Tape un numéro pour choisir, ou écris autre chose.
choice-unknown = Il n'y a pas de choix avec ce numéro ici.

## When something cannot be used

error-internal = Quelque chose a mal marché de mon côté. Rien n'a été gardé. Essaie encore.
error-input = Je ne peux pas utiliser ce qui a été donné.
error-setup = Le programme ne peut pas fonctionner avec ces réglages. « python -m bot doctor » dit ce qu'il faut corriger.
error-lists = Une liste de mots du programme ne peut pas être lue : { $fault }
error-empty = Il n'y a pas de mots dedans. Écris ce qu'il te faut et où.
error-too-long = C'est trop long pour moi. Dis-le en moins de { $most } caractères.
error-unreadable = Je n'arrive pas à lire ces caractères. Envoie-les en UTF-8.
error-json = Cette ligne n'est pas du JSON que je peux lire.
error-object = Cette ligne doit être un objet JSON avec un « text ».
error-text = « text » manque ou n'est pas du texte.
error-locale = Je n'écris pas cette langue. J'écris : { $known }.
error-home = Je ne connais pas cet endroit. Donne un pays ou une région par son code ISO, comme CA ou CA-ON.
error-date = Ce n'est pas une date. Écris-la comme 2026-11-20.
error-where = « where » doit être « dm » ou « public ».
error-words = Écris ce qu'il te faut après « ask », ou donne un fichier avec --batch.
error-file = Je ne peux pas lire ce fichier. Vérifie son nom et que tu peux l'ouvrir.
error-directory = Le fichier du répertoire ne peut pas être lu. Vérifie son nom, puis lance « python -m bot check » dessus.
error-directory-faults = Le fichier du répertoire a des fautes, il n'est donc pas utilisé. Lance « python -m bot check » dessus pour les voir.
error-usage = Je ne comprends pas cette commande. « python -m bot --help » montre ce qu'il y a.
error-evaluate = Donne des questions étiquetées avec --questions, ou des messages avec --messages.
error-labelled = Ce fichier ne contient pas de cas étiquetés : une liste, chacun avec un id et un text.
error-line = Ligne { $line } : { $sentence }

## The command line

cli-about = Umbrella : de l'aide par et pour les travailleuses et travailleurs du sexe et leurs pairs.
cli-operating = Pour qui fait tourner le bot : { $commands }. « python -m bot run --help » montre leurs options.
cli-chat = parler dans le terminal
cli-ask = répondre à une question, ou à un fichier de questions
cli-check = vérifier des fichiers du répertoire
cli-schema = écrire le schéma JSON du répertoire
cli-evaluate = mesurer les réponses sur des questions étiquetées
cli-words = la question
cli-locale = langue de la réponse : en, fr, es ou zh
cli-home = pays ou région pris quand aucun n'est nommé, comme CA-ON
cli-now = le jour à prendre pour aujourd'hui, comme 2026-11-20
cli-json = répondre en une ligne de JSON
cli-directory = le fichier du répertoire à utiliser
cli-batch = lignes JSON à répondre ; - lit l'entrée standard
cli-files = fichiers à vérifier
cli-questions = questions étiquetées
cli-messages = messages étiquetés
cli-drafts = Phrases qui attendent d'être relues. Ne t'y fie pas avant :

## Formulaires, une question à la fois. Des mots séparés par des virgules, le premier est montré, tous sont compris.

form-how = Réponds ici. Pour arrêter, écris : { $word }.
form-optional = Tu peux laisser vide : écris { $word }.
form-stop-words = stop, annuler, arrêter
form-skip-words = passer, -
form-stopped = Arrêté. Rien n'a été gardé.
form-needs-answer = Il faut une réponse ici. Ce que tu as écrit est vide.
form-too-long = C'est trop long. { $most } caractères au plus, s'il te plaît.
form-choose = Réponds avec un des numéros, s'il te plaît.
error-storage = Je ne peux rien garder pour l'instant, donc rien n'a été gardé. Je réponds toujours aux questions.

## Options of commands

error-option = Je ne connais pas une de ces valeurs. Choisis dans la liste qui apparaît pendant que tu écris.
urgent-choose = Que se passe-t-il ? C'est toi qui choisis ; rien n'en est gardé.

## Discord

discord-reads = Discord peut lire ce qui est écrit ici. Moi, je n'en garde rien.
discord-reads-matrix = Discord peut lire ce qui est écrit ici ; moi, je n'en garde rien. Sur Matrix, il n'y a que toi et moi qui pouvons le lire : { $door }
discord-lead = Ici Umbrella, avec la réponse à ton message. Un bouton plus bas permet d'effacer tout ce message.
discord-privately = Je peux te répondre en privé : appuie sur le bouton, et personne d'autre ne voit la réponse.
discord-unknown = Je ne connais plus ce bouton ou ce formulaire. Recommence avec une commande.
discord-not-here = L’administration de ce serveur n’utilise pas cette commande ici.
discord-admins-only = Seule l’administration de ce serveur peut changer cela.
discord-server-only = Cela ne marche que dans un serveur.
discord-ask-title = Demander
discord-ask-label = De quoi as-tu besoin, et où ?
discord-ask-hint = aide juridique à Montréal, en espagnol
discord-choose = Choisir
discord-remembered = Je retiens cette langue pour toi jusqu'à ce que tu changes d'avis.
discord-forgotten = J'ai oublié ta langue. Rien d'autre n'était gardé.
discord-language-kept = Je retiens cette langue pour toi : { $language }.
discord-setup-title = Réglages de ce serveur
discord-setup-language = Langue de mes lignes publiques ici
discord-setup-any = La langue de chaque personne
discord-setup-commands = Commandes en usage ici
discord-setup-words = Mots par lesquels je ne commence pas
discord-setup-home = Pays ou région supposés, comme CA-ON
discord-setup-done = Les réglages de ce serveur sont changés.
do-privately = Me répondre en privé
do-hide = Cacher ceci
do-remember = Retenir cette langue
do-forget = Oublier ma langue
help-discord = Avec une barre oblique, tu trouves mes commandes. Tu peux aussi m'écrire en message privé.
privacy-discord-sees = Discord peut lire ce qui est écrit ici et le garde selon ses propres règles. Je n'y peux rien.
privacy-discord-others = Dans un serveur, tu es la seule personne à voir mes réponses. Discord ne montre rien de ta commande aux autres.
privacy-discord-once = Pour ne rien répondre deux fois, une empreinte à clé de chaque message privé est gardée 14 jours. Elle ne dit rien à personne.
privacy-discord-memory = Pendant 30 minutes, je sais quels choix tu as vus en dernier. Après, ou quand je redémarre, je ne le sais plus.
privacy-discord-language = Une langue n'est retenue que si tu le demandes, et oubliée dès que tu le dis.

## Vetting: suggesting, following up, reporting, reviewing

command-suggest = proposer, suggérer, proposer une ressource
command-case = dossier, mon dossier
command-report = signaler, signaler une fiche
suggest-title = Proposer
suggest-intro = Parle-moi d'un groupe, d'un service, d'un guide ou d'un conseil. Seule la première question attend une réponse. Laisse de côté les noms, numéros et adresses de personnes privées.
suggest-ask-what = Qu'est-ce que c'est ? Lien, nom ou mots
suggest-ask-place = Où, ou pour quel lieu ?
suggest-ask-topics = À quoi ça aide ?
suggest-ask-why = Pourquoi est-ce utile à savoir ?
suggest-ask-known = Menés par des TDS ? Comment le sais-tu ?
suggest-short-what = Quoi
suggest-short-place = Où
suggest-short-topics = Aide à
suggest-short-why = Pourquoi
suggest-short-known = Qui mène, et comment on le sait
suggest-preview = Voici ce que l'équipe de modération verra
suggest-ready = Personne ne le reçoit avant l'envoi, et un brouillon est oublié après 30 minutes. Personne ne voit de qui cela vient.
suggest-personal = Ce qui est entre ⟦ et ⟧ semble appartenir à une personne privée. Je ne le garde pas ainsi. Change-le, ou dis que c'est le contact public du service.
words-personal = Ce qui est entre ⟦ et ⟧ semble appartenir à une personne privée, donc rien n'a été gardé. Écris-le sans cela, ou dis que c'est le contact public du service.
suggest-over = Cet aperçu a expiré et rien n'en a été gardé. Recommence, s'il te plaît.
suggest-empty = Il me faut quelques mots, ou un lien.
suggest-too-long = C'est trop long pour une proposition, donc rien n'a été gardé. Raccourcis, s'il te plaît.
suggest-kept = Merci. L'équipe de modération va regarder ; rien n'est public avant. Voici ton code :
suggest-code = Note-le : seul ce code montre la suite, reçoit une question et permet de retirer. Moi-même je ne le connais pas.
quota-person = Tu as beaucoup envoyé ces temps-ci. Rien n'a été gardé cette fois. Réessaie plus tard.
quota-all = Beaucoup de monde envoie quelque chose en ce moment. Rien n'a été gardé cette fois. Réessaie dans une heure.
quota-full = L'équipe de modération a tout ce qu'elle peut regarder. Rien n'a été gardé cette fois. Réessaie dans quelques jours.
quota-blocked = Je ne prends rien de toi pour l'instant, à cause d'un envoi précédent. Cela se termine de soi-même après 90 jours. Rien n'a été gardé. Les questions ont leur réponse comme toujours.
vetting-nobody = Personne ne modère encore ici, donc je ne peux rien recevoir. Rien n'a été gardé.
vetting-privately = Faisons cela en privé : écris-moi en message direct. Je ne garde rien de ce qui a été dit ici.
vetting-moderators-only = Seules les personnes qui modèrent cette communauté peuvent faire cela.
vetting-not-proven = Je ne peux pas être sûre que cela vient de toi : utilise un appareil que le fichier de configuration nomme.
vetting-not-here = Cela se fait dans le salon de relecture ou en privé avec moi, pas ici.
said-long-ago = Tu as dit cela il y a plus d'une heure, et d'autres ont pu décider depuis. Rien n'a été fait. Si tu le veux toujours, redis-le.
do-still = Je le veux toujours
setup-administrators-only = Cela demande une personne qui modère la communauté et administre aussi ce salon ou ce serveur ; sur Matrix, le salon est chiffré.
setup-filed = Le fichier de configuration dit où cette communauté se réunit ici ; c'est là que cela se change.
setup-choose = Je peux montrer ici ce qui attend la modération. Qui lit ici le lit alors aussi : choisis un salon réservé à la modération.
setup-is = C'est le salon de relecture de { $community } : ce qui attend la modération arrive ici.
setup-left = Ce n'est plus un salon de relecture. Plus rien de nouveau n'arrive ici.
do-setup-join = Salon de relecture de { $community }
do-setup-leave = Ne plus être un salon de relecture
case-title = Ton dossier
case-ask-code = Le code que tu as reçu
case-no-code = Ce n'est pas un code. Un code a quatre groupes de quatre lettres et chiffres.
case-unknown = Je ne connais pas de dossier avec ce code. Il est peut-être clos : j'oublie après 30 jours.
case-state-pending = Cela attend l'équipe de modération.
case-state-approved = C'est accepté. Merci.
case-state-rejected = Ce n'est pas accepté. Merci quand même.
case-state-withdrawn = C'est retiré. Il ne reste rien du texte.
case-state-expired = Personne n'a décidé en 90 jours, donc c'est effacé. Tu peux le renvoyer.
case-question = L'équipe de modération demande : { $words }
case-answered = Tu as répondu. Tu peux répondre à nouveau.
case-ask-answer = Ta réponse, sans rien sur toi
case-ask-public = Un numéro ou nom public dedans ?
public-no = Non, il n'y en a pas
public-yes = Oui, le contact public du service
case-answer-kept = Merci. L'équipe de modération voit ta réponse, pas qui tu es.
case-no-question = Personne n'a rien demandé.
case-withdrawn = C'est retiré. Il ne reste rien du texte ici.
case-cannot-tell = Je ne peux pas t'écrire ici. Ton code montre la suite.
case-tell-yes = Je t'écrirai quand ce sera décidé ou si une question est posée. D'ici là je garde où, chiffré, 30 jours au plus.
case-tell-no = Je ne t'écrirai pas et j'ai effacé où.
case-news = Il y a du nouveau pour toi ici. Ton code le montre.
report-title = Quelque chose ne va pas
report-intro = Il s'agit d'une fiche fausse de mon répertoire. S'il t'est arrivé quelque chose, dis-le-moi plutôt avec tes mots.
report-ask-record = Quelle fiche ? Son nom
report-no-record = Je ne connais pas de fiche de ce nom.
report-why = Qu'est-ce qui ne va pas avec { $name } ?
report-which-line = Lequel est faux ?
report-ask-words = Que faut-il savoir ? Tu peux laisser vide
problem-wrong-contact = Un contact est faux
problem-closed = C'est fermé
problem-harmful = Cela fait du mal
problem-names-me = Cela nomme quelqu'un de privé ou moi
problem-other = Autre chose
reason-not-fitting = Cela ne correspond pas à ce répertoire.
reason-double = C'est déjà là.
reason-personal = Cela contient des choses sur une personne privée.
reason-unclear = On n'a pas pu le comprendre ou le trouver.
reason-wrong = Ce qui est dit n'est pas juste.
reason-advert = C'est une annonce ou un lieu de travail.
reason-out-of-date = C'est trop ancien.
reason-no-fault = Aucune erreur n'a été trouvée.
do-report = Quelque chose ne va pas ici
do-report-one = Signaler : { $name }
do-edit-words = Changer
do-stop = Ne pas envoyer
do-public-contact = C'est le contact public du service
do-send = Envoyer
do-case = Voir mon dossier
do-tell = Me prévenir quand c'est décidé
do-tell-not = Ne pas me prévenir
do-answer = Répondre
do-withdraw = Retirer
word-approve = approuver, oui
word-reject = refuser, non
word-ask = demander
word-edit = modifier
word-take = prendre
word-tie = lien
word-check = vérifier
word-hide = masquer
word-show = remontrer
word-review = relecture, file
review-title = { $code } · { $kind ->
    [report] signalement
    [show] remontrer
   *[suggestion] proposition
  }{ $urgent ->
    [yes] {" · urgent"}
   *[no] {""}
  } : { $about }
review-line = { $what } · depuis { $day } · approuvé par { $approvals }
review-day = Reçu le { $day }
review-about-line = Concerne : { $line }
review-missing = Il manque : { $fields }
review-flags = Marqué : { $flags }
review-public-contact = D'après l'envoi, le contact est public et celui du service. À vérifier.
review-doubles = Peut-être la même chose que : { $ids }
review-link-warn = Regarde cette adresse avant d'appuyer : { $url }
review-link-refuse = À ne pas ouvrir : { $url }
review-version = Version { $version }
review-approved-by = Approuvé : { $name }{ $old ->
    [yes] {" (version précédente)"}
   *[no] {""}
  }
review-rejected-by = Refusé : { $name }{ $old ->
    [yes] {" (version précédente)"}
   *[no] {""}
  }. { $reason }
review-tie-said = { $name } a un lien et ne décide pas.
review-taken = { $name } s'en occupe.
review-check-said = Vérifié : { $method }, { $day }
review-question = Question : { $words }
review-answer = Réponse : { $words }
review-no-answer = Pas encore de réponse.
review-closed = { $code } : { $state ->
    [approved] accepté
    [rejected] refusé
    [withdrawn] retiré
   *[expired] expiré
  }. Son texte est effacé.
review-already = C'est déjà clos : { $state ->
    [approved] accepté
    [rejected] refusé
    [withdrawn] retiré
   *[expired] expiré
  }. Rien n'a changé.
review-digest = En attente ici : { $count }, urgent : { $urgent }, le plus ancien depuis { $days } jours. Écris « relecture » pour voir.
review-nothing = Rien n'attend.
review-waiting = En attente : { $count }. Les { $shown } premiers :
review-approved = { $code } est accepté et public.
review-counted = Ton oui pour { $code } compte. Il faut encore une autre personne.
review-why = Pourquoi { $code } n'est pas accepté ?
review-block-why = Pourquoi ne plus rien prendre de qui a envoyé ceci ? Personne n'apprend qui c'est ; cela prend fin après 90 jours.
review-blocked = Plus rien n'est pris de qui a envoyé { $code }, pendant 90 jours. Le dossier lui-même attend toujours.
review-unblocked = Qui a envoyé { $code } peut de nouveau envoyer quelque chose.
review-not-blocked = Personne n'est bloqué à cause de ce dossier.
review-nobody-to-block = Je ne sais rien de qui a envoyé ceci : cela vient d'un terminal ou d'un fichier.
block-threats = Menaces ou insultes
block-flood = Beaucoup trop d'envois
block-advert = Publicité
review-rejected = { $code } est refusé. Son texte est effacé.
review-third = Ton non pour { $code } compte. Quelqu'un l'a approuvé, donc une troisième personne décide.
review-ask-question = Ta question
review-ask-how = La personne verra la question avec son code. Ne demande rien sur qui elle est, où elle travaille ou comment la joindre.
review-asks-who = Cela semble demander qui est quelqu'un. Qui a envoyé ceci reste inconnu ici et n'a pas à répondre à une telle question. Rien n'est encore parti.
review-question-length = Une question a de 1 à 1000 caractères.
review-asked = La question de { $code } attend la personne qui a le code.
review-edited = { $code } a une nouvelle version. Tout le monde décide à nouveau.
review-field-name = Nom
review-field-description = Ce que ça offre, par langue (fr: …)
review-field-contact = Contact (url: …, phone: …)
review-field-facts = Type, lieu, sujets, pour qui
review-field-sources = Sources : adresse, puis ce qu'elle montre
review-took = Tu t'occupes de { $code }.
review-tie-kept = Ton lien avec { $code } est noté. Ta voix ne compte pas.
review-how-checked = Comment as-tu vérifié { $code } aujourd'hui ?
review-check-kept = La vérification de { $code } est notée.
review-check-day = Une vérification ne peut pas être dans le futur.
review-hidden = C'est masqué aussitôt. Le remontrer demande deux personnes.
review-show-asked = { $code } : tu as dit oui pour le remontrer. Il faut une autre personne.
review-incomplete = Ce n'est pas encore une fiche complète. Modifie-la d'abord :
review-wrong-fields = Ces champs manquent ou ne sont pas encore justes : { $fields }.
review-needs-call = Le numéro d'une ligne d'aide demande un appel ou message dans les 7 derniers jours. Note-le avec « vérifier ».
review-own = Cela vient de toi, donc d'autres décident.
review-tied = Tu as un lien avec cela, donc d'autres décident.
review-changed = Cela a changé entre-temps. Regarde encore avant de décider.
review-edit-first = Rien n'est encore changé. Modifie la fiche, masque-la ou refuse le signalement.
review-nothing-to-edit = Il n'y a rien à modifier ici.
review-nothing-to-hide = Il n'y a pas de fiche publiée à masquer ici.
review-id-taken = Il y a déjà une fiche avec cet identifiant. Donne-lui-en un autre, ou refuse-la comme doublon.
review-not-hidden = Cette fiche n'est pas masquée.
review-cut = Des textes sont coupés ici.
do-see-all = Tout voir
review-no-record = Il n'y a pas cette fiche.
review-no-case = Ce dossier n'est pas parmi les tiens.
do-approve = Approuver
do-reject = Refuser
do-block = Ne plus rien prendre de qui l'a envoyé
do-unblock = Reprendre les envois
do-ask-back = Demander
do-send-anyway = Envoyer quand même
do-ask-otherwise = Demander autrement
do-edit = Modifier
do-check = Noter une vérification
do-hide-record = Masquer la fiche
do-take = Prendre en charge
do-tie = J'ai un lien
cli-suggest = proposer une ressource ; relue avant d'être vue
cli-case = voir, répondre ou retirer ce que tu as envoyé
form-keep = Pour le laisser ainsi, écris : { $word }.
privacy-suggest = Une proposition ou un signalement est gardé chiffré jusqu'à la décision, 90 jours au plus, et jamais avec qui l'a envoyé : une empreinte à clé empêche de décider de la sienne, et part avec la décision. Ton code est gardé comme empreinte à clé jusqu'à 30 jours après ; le nombre d'envois récents, comme empreinte à clé, 7 jours. Si la modération te bloque, cela reste comme empreinte à clé, 90 jours au plus.

## Matrix

matrix-no-key = Je ne peux pas lire ce message : sa clé ne m'est pas parvenue. Envoie-le encore une fois, s'il te plaît.
matrix-only-text = Je ne lis que du texte. Écris ce qu'il te faut et où.
matrix-verify = Je suis un programme et ne peux pas comparer d'émojis. Qui me fait fonctionner peut te montrer l'empreinte de mon identité.
matrix-in-private = Je t'ai répondu dans notre discussion privée.
matrix-erased = J'ai retiré mes messages du dernier jour ici. Ce que tu as écrit reste jusqu'à ce que tu l'effaces, et des téléphones ou des serveurs peuvent en garder des copies.
matrix-erase-words = ne laisse pas de trace, efface, efface tes messages
matrix-public-words = ici, public, en public
privacy-matrix-waits = Un message attend sur mon disque, toujours chiffré, jusqu'à la réponse, 24 heures au plus.
privacy-matrix-marks = Pendant 14 jours je garde un code pour chaque message auquel j'ai répondu, pour ne pas répondre deux fois. Il ne dit ni ce qui a été écrit ni par qui.
privacy-matrix-devices = Je garde les clés de tes appareils tant que nous partageons un salon. Le chiffrement en a besoin.
privacy-matrix-memory = La langue que tu choisis et les derniers choix affichés restent en mémoire 30 minutes.
privacy-matrix-servers = Les serveurs voient qui écrit à qui, et quand. Nos messages restent dans cette discussion jusqu'à ce qu'on les efface : écris « { $erase } » et je retire les miens.
privacy-own = Ce que je garde parce que tu l'as demandé :
privacy-own-none = Tu ne m'as demandé de rien garder pour toi.
privacy-own-reminder = Un rappel : { $event }
privacy-own-told = Suggestions ou signalements dont je dois te dire la suite : { $count }
privacy-erased = C'est effacé. Je ne te rappelle rien et ne te dis rien sans que tu le demandes.
do-erase-own = Effacer tout ce que j'ai demandé

## What moderators do about the directory

check-title = Noter une vérification
check-ask-record = Quelle fiche as-tu vérifiée ? Son nom ou son identifiant.
check-ask-method = Comment as-tu vérifié ?
check-ask-outcome = Qu'as-tu trouvé ?
check-ask-date = Quel jour, si ce n'est pas aujourd'hui ? Par exemple 2026-03-31.
check-choose-ok = Tout est juste
check-choose-changed = Quelque chose a changé
check-choose-failed = Je n'ai joint personne
check-no-record = Je ne connais aucune fiche de ce nom ou de cet identifiant.
check-how = Dis comment tu as vérifié : { $methods }. Puis ce que tu as trouvé : ok, changed ou failed.
check-date = Un jour s'écrit 2026-03-31, et il n'est pas dans le futur.
check-helpline = Une ligne est vérifiée quand quelqu'un y répond : { $methods }.
check-noted = Noté : { $name }, { $date }, { $method }.
check-outcome-changed = Propose ce qui a changé comme correction, pour que ce soit approuvé.
check-outcome-failed = Elle compte comme non vérifiée. Si son contact peut nuire, masque-la jusqu'à ce qu'on en sache plus.
do-note-check = J'ai vérifié { $name }
due-title = À vérifier cette semaine
due-how = Vérifie, puis note-le avec « check », l'identifiant et la manière. Une ligne se vérifie en appelant ou en écrivant.
due-line = { $name } ({ $id }) : { $freshness }
due-soon = { $name } ({ $id }) : { $freshness }, à vérifier d'ici une semaine
due-urgent = Urgent : { $line }
due-more = Et { $count } de plus.
history-title = Qui a fait quoi
history-none = Je ne connais rien qui y ait été fait ces 24 derniers mois.
history-line = { $day }, { $by } : { $action } ({ $item })
history-how = { $action }, { $how }
act-put = a publié
act-hide = a masqué la fiche
act-show = a montré la fiche à nouveau
act-check = a vérifié
act-hide-contact = a masqué un contact
act-show-contact = a montré un contact à nouveau
act-remove = a retiré la fiche
act-event-change = a modifié un événement
act-event-submit = a transmis un événement
act-event-approve = a approuvé un événement
act-event-back = a renvoyé un événement
act-event-withdraw = a retiré un événement
act-campaign-export = a accepté de remettre la liste
act-signature-confirm = a confirmé une signature
act-signature-decline = a écarté une signature
act-approve = a approuvé
act-reject = a refusé
act-edit = a modifié
act-ask = a posé une question
act-take = a pris en charge
act-tie = a déclaré un lien
act-block = a bloqué l'envoi
act-unblock = a levé un blocage
act-uncertain-arrived = a dit qu'un message est arrivé
act-uncertain-again = a fait renvoyer un message
act-announce-submit = a transmis une annonce
act-announce-approve = a approuvé une annonce
act-announce-correct = a corrigé une annonce
act-announce-back = a renvoyé une annonce
act-announce-retract = a retiré une annonce
act-setup-join = a fait d'un salon son salon de relecture
act-setup-leave = a retiré un salon de relecture
need-title = Demandé et absent
need-none = Rien n'a été demandé sans résultat cinq fois ou plus.
need-line = { $month }, { $place } : { $topic }, { $count } fois

## Messages that may or may not have arrived

uncertain-what = Je ne sais pas si un message est arrivé. Il appartient à : { $cause }.
uncertain-where = Le salon, sur { $platform } : { $room }
uncertain-how = Regardez là-bas, puis choisissez. Je ne le renvoie pas de moi-même.
uncertain-arrived = C'est noté : il est arrivé.
uncertain-again = Je le renvoie.
uncertain-settled = Quelqu'un a déjà réglé cela.
do-uncertain-arrived = Il est arrivé
do-uncertain-again = Le renvoyer

## Screening of suggestions

error-url = « url » doit être du texte.
cli-screen = marquer ce que l’équipe de modération devrait regarder dans des suggestions
cli-screen-batch = suggestions en JSON Lines ; - lit l’entrée standard

## Announcements

command-announce = annonce
command-subscribe = abonner
command-campaign = campagne, campagnes
announce-list = Annonces en cours : { $count }.
announce-title = Annonce
announce-text = Ce qui sera dit
announce-topic = Sujet, ou vide pour tous les salons
announce-place = Lieu, ou vide pour tous les salons
announce-at = Pas avant, comme 2026-12-17 09:00; vide: tout de suite
announce-until = Pas après, comme 2026-12-18 18:00; peut rester vide
announce-at-once = tout de suite
announce-when = Départ : { $at }, à l'heure de chaque salon, après ses heures calmes. Pas après : { $until }. Sujet : { $topic }. Lieu : { $place }.
announce-card = Annonce { $code }, écrite par { $by }. Elle part quand assez de personnes qui modèrent s'en portent garantes.
announce-alone = Une seule personne suffit ici : personne d'autre ne la lit avant son départ.
announce-missing = Pas encore écrit : { $languages }. Les salons qui les lisent l'entendent en { $instead }.
announce-paragraph-missing = (cette partie n'y est pas)
announce-long = Le texte est long. Ouvrez-le pour le lire en entier ; vous pourrez alors vous en porter garant.
announce-on-discord = Sur Discord, c'est un seul message. Les liens suivent leurs mots, sans aperçu de la page. Une correction prend sa place sans nouvelle notification. Dans un salon d'annonces, il est transmis aux salons qui le suivent, une dizaine par heure.
announce-on-matrix = Sur Matrix, c'est un seul message, qui prévient chaque personne selon ses réglages pour le salon. Les mots qui portent un lien s'ouvrent ; là où le texte s'affiche sans mise en forme, le lien les suit. Une correction prend sa place et les applications montrent les mots d'avant sur demande ; une fois retiré, il reste une ligne vide.
announce-plain = Avec les liens écrits en entier, on lit :
do-look-as-read = Tel qu'on le lira : { $language }
announce-corrected = (Ce texte a été corrigé.)
announce-over = (C'est passé.)
announce-late = (Ceci arrive en retard : c'était prévu pour { $at }.)
announce-correct-title = L'écrire à nouveau
announce-retract-sure = Chaque copie est effacée, dans tous les salons. On ne peut pas revenir en arrière.
announce-state-draft = un brouillon
announce-state-waiting = attend une autre personne qui modère
announce-state-published = publiée
announce-state-correcting = publiée ; une correction attend une autre personne
announce-state-retracted = retirée
announce-progress = Envoyées : { $sent }. En attente : { $waiting }. Échouées : { $failed }. On ne sait pas : { $uncertain }. Trop tard ou annulées : { $cancelled }.
announce-handing-on = Parmi les envoyées, en attente d'être transmises aux salons qui suivent : { $count }.
announce-overdue = En retard de plus de 15 minutes, envoyées ou en attente : { $count }.
announce-nowhere = Je ne connais aucune copie : aucun salon ne la veut, ou elle a été dite il y a plus de 90 jours et je ne sais plus où.
announce-progress-change = Modifications des copies, corrections et mention de la fin. { $progress }
announce-progress-withdraw = Copies retirées. { $progress }
announce-unknown = Je ne connais pas cette annonce.
announce-not-draft = Ce n'est plus un brouillon.
announce-not-published = Elle n'a pas encore été publiée.
announce-held = Elle ne peut pas partir ainsi. Corrigez d'abord ce qui est listé sous le texte.
announce-correct-held = Cela ne peut pas partir ainsi, et rien n'en a été gardé. Voici ce qui ne va pas, et ce que vous avez écrit :
announce-decided = Quelqu'un a déjà décidé.
announce-other-version = Le texte a changé depuis. Relisez-le.
announce-same = Vous vous en portez déjà garante ou garant. Une autre personne doit la lire.
announce-day-said = Une autre communauté annonce déjà cette journée ici, et chaque salon l'entendrait deux fois.
failed-no-room = le salon n'existe plus
failed-no-permission = je ne peux pas y écrire
failed-not-encrypted = le salon n'est pas chiffré
failed-too-long = trop long pour la plateforme
failed-no-message = le message n'existe plus
failed-gave-up = injoignable pendant une semaine
failed-full = le calendrier est plein
failed-closed = ne prend pas de messages
failed-other = autre raison
lint-empty = { $language } : il n'y a pas de texte.
lint-hole = { $language } : quelque chose n'a pas été rempli : { $place }
lint-link-text = { $language } : un lien n'a pas de mots : { $place }
lint-link = { $language } : ce lien ne marche pas : { $place }
lint-unknown-link = { $language } : le répertoire ne connaît pas ce lien : { $place }
lint-word = { $language } : un mot que nous n'utilisons pas : { $place }
lint-shout = { $language } : un point d'exclamation : { $place }
lint-too-long = { $language } : trop long pour un seul message.
do-write-announcement = En écrire une
do-submit-announcement = La transmettre
do-approve-announcement = Je m'en porte garant·e
do-send-back = Pas comme ça
do-correct = La corriger
do-retract = La retirer
do-retract-sure = Effacer chaque copie
do-look-again = Regarder encore
schedule-zone = Je ne connais pas ce fuseau horaire. On l'écrit comme America/Toronto.
schedule-when = Écrivez l'heure comme 2026-12-17 09:00.
schedule-quiet = Écrivez les heures calmes comme 22-8, ou - pour aucune.
schedule-past = Cette heure est passée partout.
schedule-far = C'est dans plus de 400 jours.
schedule-until = Elle finit avant de commencer.
schedule-until-late = Elle peut finir au plus tard 89 jours après son envoi : je sais aussi longtemps où sont ses copies.
schedule-skipped = L'heure change alors et cette heure n'existe pas : elle compte comme { $counts } ({ $zone }).
schedule-twice = L'heure change alors et cette heure vient deux fois : la première compte ({ $zone }).
announce-is-over = Sa fin est passée. Ce qui a été dit reste et le dit ; rien de plus ne part.

## Rooms that want to hear

subscribe-title = Ce que ce salon reçoit
subscribe-topics = Sujets, avec des virgules ; vide pour tous
subscribe-places = Lieux, avec des virgules ; vide pour tous
subscribe-language = Langue
subscribe-zone = Fuseau horaire, comme America/Toronto
subscribe-quiet = Heures calmes, comme 22-8, ou -
subscribe-keepers-only = Seules les personnes qui gèrent ce salon décident de ce qu'il reçoit.
subscribe-is = Ce salon reçoit les annonces.
subscribe-is-topics = Sujets : { $topics }
subscribe-is-places = Lieux : { $places }
subscribe-is-language = Langue : { $language }
subscribe-is-hours = Fuseau horaire : { $zone }. Heures calmes : { $quiet }.
subscribe-digest-on = Ce qui est nouveau ou vérifié depuis peu arrive une fois par semaine.
subscribe-digest-off = Pas de liste par semaine.
subscribe-calendar-on = Les événements entrent dans le calendrier de ce serveur, si je peux y créer des événements. Aucun réservé aux pairs.
subscribe-calendar-off = Les événements n'entrent pas dans le calendrier de ce serveur. Ce qui s'y trouve reste jusqu'à sa fin et est tenu à jour.
subscribe-stopped = Ce salon ne reçoit plus rien. Ses réglages sont effacés.
subscribe-stopped-calendar = Ce salon ne reçoit plus rien. Ses réglages sont effacés, et plus aucun événement n'entre dans le calendrier de ce serveur. Ce qui s'y trouve reste jusqu'à sa fin et est tenu à jour.
do-change = Changer
do-digest-on = Liste par semaine
do-digest-off = Pas de liste par semaine
do-calendar-on = Événements dans le calendrier d'ici
do-calendar-off = Pas d'événements dans le calendrier
do-unsubscribe = Ne plus rien recevoir

## Campaigns

campaign-none = Aucune campagne à signer en ce moment.
campaign-list = On peut lire et signer ces campagnes.
campaign-unknown = Je ne connais pas cette campagne.
campaign-changed = Le texte a changé depuis. Relisez-le.
campaign-named-early = { $name } (ouvre : { $day })
campaign-early = Cette campagne n'est pas encore ouverte. Date d'ouverture : { $day }. D'ici là, on peut la lire, pas la signer.
campaign-closed = Cette campagne est finie. On ne peut plus la signer.
campaign-calls = Ce qu'elle demande, dans ses propres mots :
campaign-own-form = Le formulaire de l'organisatrice :
campaign-promise = Vous pouvez aussi signer ici. Rien n'est rempli pour vous. Un nom de travail convient. Je ne demande ni téléphone, ni adresse, ni compte. Ce que vous donnez reste chiffré, n'est remis à l'organisatrice que si deux personnes qui modèrent le disent, et vous pouvez le reprendre.
campaign-count-person = Personnes : { $count }
campaign-count-organization = Organismes : { $count }
campaign-count-supporter = Soutiens anonymes : { $count }
campaign-title = Signer
campaign-name-person = Le nom pour signer ; tout nom que vous utilisez
campaign-name-organization = Le nom de l'organisme
campaign-region = Région, peut rester vide
campaign-preview = Ceci, et rien d'autre, est gardé. Rien n'est gardé avant que vous appuyiez.
campaign-as-person = En tant que personne
campaign-as-organization = En tant qu'organisme
campaign-as-supporter = En tant que soutien anonyme
campaign-given-name = Nom : { $words }
campaign-given-region = Région : { $words }. Elle n'est montrée qu'avec quatre autres ou plus.
campaign-draft-over = Le temps est écoulé. Rien n'a été gardé. Recommencez.
campaign-signed = Merci. Vous avez signé. Voici votre code :
campaign-code = Gardez le code. Avec lui, et seulement avec lui, vous pouvez reprendre votre signature. Je le montre une fois.
campaign-pending = Une personne qui modère demande d'abord à l'organisme. D'ici là, elle n'est pas comptée.
campaign-news-title = Avoir des nouvelles
campaign-news-how = Comment on peut vous écrire. Vide : pas du tout
campaign-news-kept = L'organisatrice peut vous écrire ainsi. Avec votre code, vous pouvez le changer.
campaign-news-off = L'organisatrice ne vous écrit pas.
campaign-withdraw-title = Reprendre
campaign-withdrawn = Votre signature est effacée.
campaign-no-signature = Je ne connais pas de signature avec ce code.
campaign-organization = { $name } a signé « { $campaign } » en tant qu'organisme. Demandez-leur par un chemin que vous connaissez, puis choisissez.
campaign-nothing-pending = Aucun organisme n'attend.
campaign-confirmed = C'est noté.
campaign-export = C'est noté. Quand une autre personne qui modère dit la même chose dans la semaine, la personne qui exploite le bot peut écrire la liste avec : python -m bot signatures { $campaign }
do-sign-person = Signer en personne
do-sign-organization = Signer pour un organisme
do-sign-supporter = Signer sans nom
do-sign = Signer
do-back = Retour
do-hear-news = Avoir des nouvelles
do-withdraw-signature = Reprendre ma signature
do-change-news = Recevoir des nouvelles, ou n'en plus recevoir
do-confirm-organization = Ils ont signé
do-decline-organization = Ils n'ont pas signé
do-see-organizations = Organisations en attente
do-hand-over = L’organisation peut avoir la liste

## Days and events

days-proposed = { $name } commence le { $day }. Un brouillon est prêt dans chaque langue. Il ne part que si des personnes qui modèrent le transmettent.
do-look-draft = Voir le brouillon
command-events = événements, événement
events-days = Les jours qui viennent :
events-coming = Événements :
events-none = Je ne connais aucun événement à venir ici.
events-title = Événements
events-topic = Sujet, ou vide pour tous
events-place = Lieu, ou vide pour partout
event-list = Événements ici : { $count }.
event-title = Événement
event-name = Son nom
event-starts = Début, comme 2026-12-17 18:00 ; vide : pas de date
event-ends = Fin, comme 21:00 ; vide : deux heures après
event-place = Lieu, ou vide pour en ligne
event-organizer-field = Qui organise, par son nom dans le répertoire
event-address = Adresse ou lien ; peut rester vide
event-topics = Sujets, avec des virgules ; peut rester vide
event-audience = Pour qui
event-parts = Parties, une par ligne, comme 18:30 Ouverture
event-for-everyone = Pour tout le monde
event-for-peers = Entre pairs ; aucune adresse n'est montrée
event-where = Où : { $place }. Adresse : { $address }
event-online = en ligne
event-organizer = Qui organise : { $name }
event-ask-address = Qui organise dit aux pairs où cela se passe.
event-card = Événement { $code }, transmis par { $by }. Il est montré quand assez de personnes de la modération s'en portent garantes.
event-calendars = Calendriers des serveurs : { $progress }
event-withdraw-sure = Cet événement n'est plus montré à personne. On ne peut pas revenir en arrière.
event-gone = Je ne connais pas cet événement. Il est peut-être terminé.
event-no-date = Un événement a besoin d'une date avant d'être publié.
event-no-organizer = Il faut un groupe organisateur que le répertoire connaît.
event-long = Un événement dure 31 jours au plus.
event-sessions = Écris une partie par ligne, 20 au plus, comme 18:30 Ouverture, et donne d'abord une date à l'événement.
event-parts-outside = Une partie est hors des heures de l'événement. Ajustez les parties à ses heures.
do-choose-events = Par sujet ou lieu
do-hold-events = Événements à préparer
do-write-event = Écrire un événement
do-write-when = Nom, heures, lieu
do-write-who = Organisation, adresse, parties
do-show-organizer = Qui organise
calendar-neutral = Rendez-vous
digest-title = Nouveau dans le répertoire et vérifié depuis une semaine :
digest-new = Nouveau :
digest-checked = Vérifié :
digest-more = … et { $count } de plus

## Words of moderators (handlers/asked.py, handlers/help.py)
word-history = historique
word-need = besoins
word-setup = réglages
help-moderating = Pour la modération, tu peux aussi écrire : { $review } ; { $check } avec une fiche et comment tu as vérifié ; { $history } avec une fiche ou un dossier ; { $need } ; { $announce } ; { $subscribe } ; { $setup } dans le salon où la modération se réunit.
event-reminder = Tu as demandé un rappel : { $at }.
event-remind-kept = Je t'écris ici une fois, avant le début. Ce que je garde pour cela est alors effacé.
event-remind-late = Ce rappel se demande dans les 30 derniers jours, et pas plus tard qu'il n'arriverait.
event-remind-stopped = Je ne garde aucun rappel pour toi.
do-remind-day = Me le rappeler un jour avant
do-remind-hours = Me le rappeler deux heures avant
do-remind-stop = Pas de rappel
do-show-event = Voir ce que c'est
