### Todas las frases del bot en español. Sencillas, cálidas, cortas; de tú; sin signos de exclamación.
### `{ $name }` lo rellena el programa: no lo cambies. `# draft: …` marca una frase que aún nadie ha revisado.

## Words of the vocabulary: topics

topic-peer-support = apoyo entre pares
topic-drop-in = espacio de acogida
topic-outreach = trabajo de calle
topic-legal-help = ayuda legal
topic-know-your-rights = conocer tus derechos
topic-law-reform = cambiar la ley
topic-immigration = migración y papeles
topic-health = salud
topic-sexual-health = salud sexual
topic-mental-health = salud mental
topic-gender-affirming-care = atención de afirmación de género
topic-harm-reduction = reducción de daños
topic-overdose = sobredosis
topic-bad-date-reporting = avisar de un mal cliente
topic-violence-support = apoyo después de violencia
topic-sexual-assault = apoyo después de una agresión sexual
topic-crisis = líneas de crisis
topic-suicide-prevention = prevención del suicidio
topic-housing = vivienda
topic-food = comida
topic-emergency-funds = dinero de emergencia
topic-money-and-taxes = dinero e impuestos
topic-digital-safety = seguridad digital
topic-online-work = trabajo en línea
topic-workplace-rights = derechos en el trabajo
topic-union = sindicatos
topic-police-misconduct = abusos de la policía
topic-criminal-record = antecedentes penales
topic-incarceration-support = apoyo en prisión
topic-leaving-the-industry = cambiar de trabajo
topic-trafficking-support = apoyo contra la trata
topic-parenting = crianza
topic-education-and-training = cursos y formación
topic-community-events = encuentros
topic-advocacy = defensa de derechos
topic-research = investigación
topic-translation = traducción
topic-burial-and-grief = duelo y funerales

## Words of the vocabulary: who it serves

serves-all = todo el mundo
serves-migrant = personas migrantes
serves-indigenous = personas indígenas
serves-black = personas negras
serves-asian = personas asiáticas
serves-latinx = personas latinas
serves-racialized = personas racializadas
serves-trans = personas trans
serves-women = mujeres
serves-men = hombres
serves-nonbinary = personas no binarias
serves-lgbtq = personas LGBTQ
serves-youth = jóvenes
serves-street-based = personas que trabajan en la calle
serves-indoor = personas que trabajan en interiores
serves-online = personas que trabajan en línea
serves-strippers = personas que hacen striptease o bailan
serves-disabled = personas con discapacidad
serves-people-who-use-drugs = personas que usan drogas
serves-parents = madres y padres
serves-incarcerated = personas en prisión
serves-survivors = personas que vivieron violencia
serves-newcomers = personas recién llegadas
serves-francophone = personas de habla francesa

## Words of the vocabulary: ways to reach it

access-in-person = en persona
access-phone = por teléfono
access-text = por mensaje de texto
access-online = en línea

## Words of the vocabulary: kinds, who leads, how it was checked

kind-organization = grupo
kind-helpline = línea de ayuda
kind-service = servicio
kind-guide = guía
kind-tool = herramienta
kind-tip = consejo
kind-fund = fondo
kind-campaign = campaña
kind-event = evento
led-by-sex-workers = de y para personas que hacen trabajo sexual
led-by-mixed = de personas que hacen trabajo sexual y aliadas
led-by-allies = lo llevan personas aliadas
led-by-public-body = lo lleva un organismo público
led-by-unknown = no se sabe quién lo lleva
method-org-confirmed = confirmado por el grupo
method-called-or-messaged = llamamos o escribimos
method-used-by-peer = lo usó una persona par
method-own-page-read = leído en su propia página
method-third-party-page = leído en otra página

## Words of the vocabulary: what to know before going

caution-anti-trafficking-organization = es una organización contra la trata
caution-approved-by-one = lo publicó una sola persona de la moderación
caution-carceral-approach = se apoya en la policía y los tribunales
caution-conflates-sex-work-and-trafficking = trata el trabajo sexual y la trata como lo mismo
caution-court-partnership = trabaja con los tribunales
caution-dated-legal-information = su información legal es antigua
caution-exit-focused = la ayuda puede depender de dejar el trabajo sexual
caution-faith-based = lo lleva una entidad religiosa
caution-grants-to-groups-only = da dinero a grupos, no a personas
caution-id-required = pide identificación
caution-industry-association = es una asociación de la industria
caution-mandatory-reporting = el personal debe informar de algunas cosas
caution-may-involve-emergency-services = puede enviar policía o ambulancia sin que se lo pidas
caution-mixed-mission = tiene también otros fines que los derechos de quienes hacen trabajo sexual
caution-police-only-with-consent = habla con la policía solo si estás de acuerdo
caution-police-partnership = trabaja con la policía
caution-proof-of-work-required = pide prueba de que haces trabajo sexual
caution-state-program = es un programa del Estado
caution-status-required = pide el estatus migratorio

## Words of the vocabulary: labels

label-sends-police = { $value ->
    [yes] puede enviar policía o ambulancia sin que se lo pidas
    [no] no envía a la policía sin que se lo pidas
   *[unknown] no se sabe si envía a la policía
  }
label-police-partnership = { $value ->
    [yes] trabaja con la policía
    [no] no trabaja con la policía
   *[unknown] no se sabe si trabaja con la policía
  }
label-mandatory-reporting = { $value ->
    [yes] el personal debe informar de algunas cosas
    [no] el personal no tiene que informar a nadie
   *[unknown] no se sabe si el personal debe informar de algunas cosas
  }
label-exit-focused = { $value ->
    [yes] la ayuda puede depender de dejar el trabajo sexual
    [no] no hace falta dejar el trabajo sexual
   *[unknown] no se sabe si la ayuda depende de dejar el trabajo sexual
  }
label-faith-based = { $value ->
    [yes] lo lleva una entidad religiosa
    [no] no lo lleva una entidad religiosa
   *[unknown] no se sabe si lo lleva una entidad religiosa
  }
label-id-required = { $value ->
    [yes] pide identificación
    [no] no pide identificación
   *[unknown] no se sabe si pide identificación
  }
label-status-required = { $value ->
    [yes] pide el estatus migratorio
    [no] no pide el estatus migratorio
   *[unknown] no se sabe si pide el estatus migratorio
  }
label-records-kept = { $value ->
    [yes] guarda un expediente con un nombre
    [no] no guarda expediente con un nombre
   *[unknown] no se sabe si guarda un expediente
  }
label-free = { $value ->
    [yes] gratis
    [no] cuesta dinero
   *[unknown] no se sabe si es gratis
  }
label-anonymous = { $value ->
    [yes] no hace falta dar un nombre
    [no] pide un nombre
   *[unknown] no se sabe si hace falta dar un nombre
  }
label-walk-in = { $value ->
    [yes] sin cita
    [no] con cita
   *[unknown] no se sabe si hace falta cita
  }
label-open-at-night = { $value ->
    [yes] abierto de noche
    [no] cerrado de noche
   *[unknown] no se sabe si abre de noche
  }
label-wheelchair = { $value ->
    [yes] sin escalones
    [no] con escalones
   *[unknown] no se sabe si hay escalones
  }
label-interpreter = { $value ->
    [yes] con intérpretes
    [no] sin intérpretes
   *[unknown] no se sabe si hay intérpretes
  }
label-trans-welcome = { $value ->
    [yes] recibe a las personas trans por su palabra
    [no] no recibe a las personas trans por su palabra
   *[unknown] no se sabe si recibe bien a las personas trans
  }
label-childcare = { $value ->
    [yes] se puede ir con niños
    [no] no se puede ir con niños
   *[unknown] no se sabe si se puede ir con niños
  }

## Names of languages

language-am = amárico
language-ar = árabe
language-asl = lengua de señas estadounidense
language-ay = aimara
language-ber = bereber
language-bg = búlgaro
language-bin = edo
language-bm = bambara
language-bn = bengalí
language-ca = catalán
language-cmn = mandarín
language-cr = cree
language-cs = checo
language-de = alemán
language-el = griego
language-en = inglés
language-es = español
language-eu = euskera
language-fa = persa
language-fi = finés
language-fil = filipino
language-fr = francés
language-gl = gallego
language-gn = guaraní
language-hak = hakka
language-he = hebreo
language-hi = hindi
language-ht = criollo haitiano
language-hu = húngaro
language-id = indonesio
language-it = italiano
language-iu = inuktitut
language-ja = japonés
language-km = jemer
language-ko = coreano
language-ln = lingala
language-lo = lao
language-lsf = lengua de signos francesa
language-lsm = lengua de señas mexicana
language-lsq = lengua de señas de Quebec
language-mn = mongol
language-mr = maratí
language-ms = malayo
language-my = birmano
language-myn = maya
language-nah = náhuatl
language-nan = hokkien
language-ne = nepalí
language-nl = neerlandés
language-no = noruego
language-oj = ojibwe
language-pa = panyabí
language-pcm = pidgin de Nigeria
language-pl = polaco
language-ps = pastún
language-pt = portugués
language-qu = quechua
language-ro = rumano
language-rom = romaní
language-ru = ruso
language-so = somalí
language-sq = albanés
language-sr = serbio
language-sv = sueco
language-sw = suajili
language-ta = tamil
language-te = telugu
language-th = tailandés
language-ti = tigriña
language-tl = tagalo
language-tr = turco
language-uk = ucraniano
language-ur = urdu
language-vi = vietnamita
language-wo = wólof
language-wuu = shanghainés
language-xh = xhosa
language-yo = yoruba
language-yue = cantonés
language-zh = chino
language-zu = zulú

## Dates

date-year = { $year }
date-month = { $month ->
    [january] enero de { $year }
    [february] febrero de { $year }
    [march] marzo de { $year }
    [april] abril de { $year }
    [may] mayo de { $year }
    [june] junio de { $year }
    [july] julio de { $year }
    [august] agosto de { $year }
    [september] septiembre de { $year }
    [october] octubre de { $year }
    [november] noviembre de { $year }
   *[december] diciembre de { $year }
  }

## How fresh a record is

fresh-checked = comprobado en { $date }
fresh-due = comprobado en { $date }, toca comprobar
fresh-past = sin comprobar desde { $date }
fresh-unchecked = aún no comprobado aquí; visto por última vez en una fuente pública en { $date }
fresh-undated = aún no comprobado aquí; fecha de la fuente desconocida
fresh-opens = abre en { $date }
fresh-until = hasta { $date }
fresh-ended = terminó en { $date }
fresh-phone-old = el número de teléfono es de { $date } y puede haber cambiado
fresh-phone-undated = nadie sabe de cuándo es el número de teléfono
fresh-joined = { $first }; { $second }

## Why a record is there

reason-named = lo nombraste
reason-covers = cubre { $place }
reason-worldwide = cubre todo el mundo
reason-serves = para { $serves }
reason-language = habla { $languages }

## Lines of a record

list-comma = { $first }, { $second }
card-why = Por qué: { $reasons }
card-fresh = Qué tan reciente: { $freshness }
card-phone = Teléfono: { $phone }
card-text = Mensaje de texto: { $phone }
card-whatsapp = WhatsApp: { $phone }
card-email = Correo: { $email }
card-web = Web:
card-address = Dirección: { $address }
card-hours = Horas, en palabras de la fuente: { $hours }
card-languages = Idiomas: { $languages }
card-police = Policía: { $known }
card-caution = Bueno saberlo: { $caution }
card-only-in = Solo en { $language }: { $description }
card-no-contact = No le conozco número ni dirección.
show-kind = Qué es: { $kind }
show-led-by = Quién lo lleva: { $led }
show-involvement = Qué parte tienen quienes hacen trabajo sexual (en inglés): { $involvement }
show-topics = Ayuda con: { $topics }
show-serves = Para: { $serves }
show-covers = Dónde: { $places }
show-access = Cómo contactar: { $ways }
show-known = Se sabe: { $labels }
show-aliases = También se llama: { $names }
show-calls = Lo que pide: { $calls }
show-check = Comprobado en { $date }: { $method }
show-sources = De dónde viene esto
show-source = { $says }:
show-source-dated = { $says } ({ $date }):
show-none = No tengo ninguna ficha con ese nombre.

## Answers

answer-home = Tomo { $place } como tu lugar. Si estás en otro sitio, di dónde.
answer-nothing-local = No conozco nada en { $place } mismo para esto. Esto cubre una zona más amplia o sirve desde cualquier lugar.
answer-missing-topic = No conozco nada allí sobre: { $what }.
answer-missing-language = No conozco a nadie allí que hable { $what }.
answer-missing-serves = No conozco nada allí que sea sobre todo para: { $what }.
answer-missing-wish = De ninguno de estos se sabe: { $what }.
answer-missing-together = No conozco allí nada de { $topic } en { $language }.
answer-nothing = No conozco nada que encaje.
answer-nothing-place = No conozco nada que encaje y cubra { $place }.
answer-topics = Puedes preguntarme por: { $topics }.
answer-where = ¿Dónde estás? Basta un país o una región. Hasta entonces muestro solo lo que está en línea o es mundial.
place-within = { $place } ({ $around })
answer-unclear = ¿Qué lugar quieres decir?
answer-part = { $first } a { $last } de { $total }
answer-end = No hay nada más.
answer-languages = Escribo en inglés, francés, español y chino.
answer-unsure = No sé bien qué necesitas. Dilo en pocas palabras, como «ayuda legal en Montreal», o elige un tema.
answer-directory-lost = Ahora no puedo leer el directorio, así que no puedo buscar. Las fichas urgentes siguen funcionando.
answer-privately = Puedo responderte en privado. Escríbeme un mensaje directo.

## Things to choose

do-more = Más resultados
do-show = Todo sobre { $name }
do-wrong = No es eso
do-guided = Elegir un tema
do-place = Decir dónde estoy
do-language = Otro idioma
do-peers = Hablar con pares
do-search = Buscar esto en el directorio
do-help = Lo que puedo hacer
do-privacy = Qué se guarda

## Choosing without words

guided-topic = ¿Qué necesitas?
guided-place = ¿Dónde? Basta un país o una región.
guided-region = ¿En qué parte de { $place }?
guided-anywhere = Cualquier lugar, en línea
guided-all = Todo: { $place }
guided-type = También puedes escribir un lugar.
need-talk = Alguien con quien hablar
need-legal = Ley, policía y derechos
need-immigration = Migración y papeles
need-health = Salud
need-drugs = Usar drogas con menos riesgo
need-violence = Violencia y malos clientes
need-home = Vivienda y comida
need-money = Dinero e impuestos
need-work = Derechos en el trabajo, trabajo en línea
need-digital = Seguridad digital
need-community = Grupos y campañas

## Languages

language-choose = ¿En qué idioma escribo?
language-self = español
language-set = Desde aquí escribo en español.

## Setting right

correct-card = Perdón. ¿Qué es entonces?
correct-answer = Perdón. Dilo con otras palabras, o elige:
correct-search = Nada de esto, busca en el directorio

class-overdose = Alguien tomó demasiado, o va a consumir a solas
class-suicide = Pensamientos de morir
class-violence = Violencia o agresión
class-police-raid = Policía en el trabajo o en casa
class-immigration-detention = Agentes de migración
class-stalking-doxxing = Alguien me sigue, me expone o me amenaza
class-coercion = Alguien me obliga
class-minor = Tengo menos de 18 años
class-buyer = Comprar servicios
class-find-person = Buscar a alguien
class-solicitation = Un anuncio
class-legal-advice = Qué dice la ley
class-journalist = Prensa o investigación
class-bad-date = Un aviso sobre un cliente

## Cards: what can be done now

# draft: to be read by harm reduction groups and a nurse
card-overdose = { $urgency ->
    [now] Mira la respiración. Si es lenta, con ronquido o no hay: boca arriba, cabeza hacia atrás, una respiración boca a boca cada 5 segundos. Naloxona si tienes, otra a los 3 minutos. Quédate ahí. Si eres tú, abre la puerta y llama a alguien cercano. La ambulancia es una opción.
   *[soon] Una línea puede quedarse contigo mientras consumes. Empieza con poco y ve despacio. Ten la naloxona cerca y la puerta sin llave. Si la respiración se vuelve lenta: naloxona y compañía. La ambulancia es una opción.
  }
# draft: to be read by crisis lines and peers
card-suicide = Me alegra que lo hayas escrito. Pide a alguien de confianza que se quede contigo ahora, o quédate cerca de gente. Si se trata de otra persona, quédate a su lado y escucha. Estas líneas hablan contigo, también de noche.
# draft: to be read by violence support groups and a nurse
card-violence = { $urgency ->
    [now] Primero ve a un lugar más seguro, si puedes: un cuarto con llave, casa de vecinos, una tienda con gente. Lleva el teléfono contigo. Después de un estrangulamiento, un sangrado fuerte o un golpe en la cabeza, hace falta atención médica hoy. Tú eliges a quién se le cuenta.
   *[soon] No es tu culpa, y tú eliges a quién se le cuenta. Hay atención que solo sirve en pocos días: medicina contra el VIH en 72 horas, anticoncepción de emergencia en 5 días. Después de un estrangulamiento hace falta atención médica hoy.
  }
# draft: to be read by legal groups of the place
card-police-raid = { $urgency ->
    [now] Puedes pedir abogado e intérprete. Deja las manos a la vista. Cuando sea seguro, anota nombres, números de placa y la hora.
   *[soon] Escribe qué pasó, cuándo, nombres y números de placa, y qué se llevaron. Guarda cada papel. Un abogado puede pedir que te devuelvan tus cosas.
  }
rights-card = Una tarjeta de derechos para { $place }, información general de { $date }:
rights-card-undated = Una tarjeta de derechos para { $place }, información general sin fecha:
rights-none = No tengo tarjeta de derechos para este lugar.
# draft: to be read by migrant-led groups and immigration lawyers
card-immigration-detention = Un grupo de personas migrantes o alguien de la abogacía puede ayudar a encontrar a la persona y defenderla. Puedes pedir abogado e intérprete. Ten listos para ellos papeles, fechas y cartas; yo no los necesito.
# draft: to be read by digital safety groups
card-stalking-doxxing = { $urgency ->
    [now] No es tu culpa. Si alguien está cerca, ve donde haya gente y avisa a una persona de confianza. Si es seguro, guarda copias: capturas con fecha y dirección. Tú eliges a quién más se le cuenta.
   *[soon] No es tu culpa. Si es seguro, guarda copias antes de que quiten nada: capturas con fecha y dirección. Cambia contraseñas desde un aparato al que no lleguen. Tú eliges a quién se le cuenta.
  }
# draft: to be read by sex worker-led and migrant-led groups
card-coercion = Te creo. Tú decides qué pasa después, y cuándo. Estos grupos primero escuchan. Pueden ayudar con papeles, pago, amenazas o un lugar seguro, también si quieres seguir trabajando.
# draft: to be read by youth groups and a lawyer
card-minor = Gracias por decírmelo. No se lo cuento a nadie. Algunos servicios deben informar de algunas cosas sobre menores de 18; lo digo cuando lo sé. Puedes preguntar antes: ¿de qué tienen que informar?
card-buyer = Este bot es para personas que hacen trabajo sexual y sus pares. Con esto no puedo ayudar.
card-find-person = Nunca busco personas ni lugares de trabajo, y nunca digo si alguien está aquí. Si te preocupa alguien cercano, también hay apoyo para ti. Estos grupos cuentan lo que causan las denuncias y las redadas.
card-solicitation = Una nota solo para ti: muchas plataformas cierran salas con anuncios o precios, así que no los pongas aquí. No se avisa a nadie. Estos grupos hablan de trabajar con seguridad.
# draft: to be read by legal groups of the place
card-legal-advice = No puedo decir qué significa la ley para ti. Tengo información general con su fecha, y gente que puede mirar tu caso. Las leyes cambian: mira de cuándo es.
card-journalist = La gente de aquí no es una lista de fuentes, y no paso nada a nadie. Estos grupos publican un contacto al que puedes escribir:
card-bad-date = No guardo nada de esto. Estos grupos llevan listas que hacen seguros estos avisos. Dáselo a ellos, no a la sala.
card-help-elsewhere = Si necesitas algo para ti, dime qué.
card-emergency = Una opción: el { $number } es el número de emergencias ({ $country }). Puede venir también la policía.
card-emergency-unknown = Una opción: el número de emergencias de donde estás. Puede venir también la policía.
card-nobody = No contacto con nadie, y nada de lo que escribes se guarda.
card-where = Dime el país o la región, y puedo nombrar ayuda allí.
card-contacts-none = No conozco ningún contacto para esto que cubra { $place }.
card-contacts-none-anywhere = Sin un lugar no conozco ningún contacto para esto.
card-peers = Hay pares que conocen esto. Puedes hablar con ellos, ahora o después.
card-health = La información de salud para todo el mundo está ahí si la pides.

## Small talk and the rest

small-talk = Aquí estoy. Cuando necesites un grupo, un servicio o una guía, dime qué y dónde.
off-topic = De eso no sé. Conozco grupos, servicios y guías de y para personas que hacen trabajo sexual.
hostile = De acuerdo. Si necesitas algo, escríbelo y busco.

## Help

help-what = Conozco grupos, líneas de ayuda, servicios y guías de y para personas que hacen trabajo sexual y sus pares.
help-how = Escribe qué necesitas y dónde, con tus palabras: «ayuda legal en Montreal, en español».
help-urgent = Si es urgente, escribe qué pasa. Eso va antes que todo lo demás.
help-program = Soy un programa, no una persona. Elijo entre frases y fichas que escribió gente; no invento nada.
help-mend = ¿Una ficha está mal, o falta una? Dilo a quienes llevan este bot; ellos lo corrigen.
help-commands = También puedes escribir: { $guided }, { $language }, { $privacy }, { $help }, { $quit }.

## Commands: what people type, the first word is the one that is shown

command-help = ayuda, comandos, menú
command-privacy = privacidad
command-quit = salir, adiós, cerrar
command-language = idioma, idiomas
command-guided = temas, elegir
command-more = más, siguiente

## What is kept

privacy-words = Nada de lo que escribes se guarda: ni tus palabras, ni que preguntaste.
privacy-disk = Esta charla no escribe nada en el disco y no envía nada por ninguna red.
privacy-memory = El idioma que eliges y las últimas opciones mostradas están en memoria hasta que te vas.
privacy-shell = Tu terminal puede guardar lo que hay en pantalla, y un shell guarda las palabras que escribes tras «ask». Eso no lo puedo borrar.

## The terminal

greeting = Hola, esto es Umbrella: ayuda de y para personas que hacen trabajo sexual y sus pares. Nada de lo que escribes se guarda.
greeting-how = Escribe qué necesitas y dónde. Escribe { $help } para ver la ayuda, { $quit } para irte.
farewell = Cuídate.
choices-how = Escribe un número para elegir, o escribe otra cosa.
choice-unknown = Aquí no hay ninguna opción con ese número.

## When something cannot be used

error-internal = Algo falló de mi lado. No se guardó nada. Prueba otra vez.
error-input = No puedo usar lo que se dio.
error-setup = El programa no puede funcionar con estos ajustes. «python -m bot doctor» dice qué hay que corregir.
error-lists = Una lista de palabras del programa no se puede leer: { $fault }
error-empty = No hay palabras. Escribe qué necesitas y dónde.
error-too-long = Es demasiado largo para mí. Dilo en menos de { $most } caracteres.
error-unreadable = No puedo leer estos caracteres. Envíalos en UTF-8.
error-json = Esta línea no es JSON que pueda leer.
error-object = Esta línea debe ser un objeto JSON con un «text».
error-text = Falta «text» o no es texto.
error-locale = No escribo ese idioma. Escribo: { $known }.
error-home = No conozco ese lugar. Da un país o una región por su código ISO, como CA o CA-ON.
error-date = Eso no es una fecha. Escríbela como 2026-11-20.
error-where = «where» debe ser «dm» o «public».
error-words = Escribe qué necesitas después de «ask», o da un archivo con --batch.
error-file = No puedo leer ese archivo. Mira su nombre y que puedas abrirlo.
error-directory = El archivo del directorio no se puede leer. Mira su nombre y luego pásale «python -m bot check».
error-directory-faults = El archivo del directorio tiene fallos, así que no se usa. Pásale «python -m bot check» para verlos.
error-usage = No entiendo este comando. «python -m bot --help» muestra lo que hay.
error-evaluate = Da preguntas etiquetadas con --questions, o mensajes con --messages.
error-labelled = Ese archivo no tiene casos etiquetados: una lista, cada uno con un id y un text.
error-line = Línea { $line }: { $sentence }

## The command line

cli-about = Umbrella: ayuda de y para personas que hacen trabajo sexual y sus pares.
cli-operating = Para quien mantiene el bot: { $commands }. «python -m bot run --help» muestra sus opciones.
cli-chat = hablar en el terminal
cli-ask = responder a una pregunta, o a un archivo de preguntas
cli-check = revisar archivos del directorio
cli-schema = escribir el esquema JSON del directorio
cli-evaluate = medir las respuestas con preguntas etiquetadas
cli-words = la pregunta
cli-locale = idioma de la respuesta: en, fr, es o zh
cli-home = país o región que se toma cuando no se nombra ninguno, como CA-ON
cli-now = el día que se toma como hoy, como 2026-11-20
cli-json = responder en una línea de JSON
cli-directory = el archivo del directorio que se usa
cli-batch = líneas JSON a responder; - lee la entrada estándar
cli-files = archivos a revisar
cli-questions = preguntas etiquetadas
cli-messages = mensajes etiquetados
cli-drafts = Frases que esperan su lectura. No te fíes de ellas antes:

## Formularios, una pregunta a la vez. De las palabras con comas se muestra la primera y se entienden todas.

form-how = Responde aquí. Para parar, escribe: { $word }.
form-optional = Puedes dejarlo vacío: escribe { $word }.
form-stop-words = parar, cancelar, salir
form-skip-words = saltar, -
form-stopped = Parado. No se guardó nada.
form-needs-answer = Aquí hace falta una respuesta. Lo que escribiste está vacío.
form-too-long = Es demasiado largo. Como máximo { $most } caracteres, por favor.
form-choose = Responde con uno de los números, por favor.
error-storage = Ahora no puedo guardar nada, así que no se guardó nada. Sigo respondiendo preguntas.

## Options of commands

error-option = No conozco uno de estos valores. Elige de la lista que aparece mientras escribes.
urgent-choose = ¿Qué está pasando? Tú eliges; no se guarda nada de ello.

## Discord

discord-reads = Discord puede leer lo que se escribe aquí. Yo no guardo nada.
discord-reads-matrix = Discord puede leer lo que se escribe aquí; yo no guardo nada. En Matrix solo tú y yo podemos leerlo: { $door }
discord-lead = Aquí Umbrella, con la respuesta a lo que preguntaste. Un botón más abajo permite borrar este mensaje.
discord-privately = Puedo responderte en privado: pulsa el botón y solo tú verás la respuesta.
discord-unknown = Ya no conozco este botón o formulario. Empieza de nuevo con un comando.
discord-not-here = La administración de este servidor no usa este comando aquí.
discord-admins-only = Solo la administración de este servidor puede cambiar esto.
discord-server-only = Esto solo funciona en un servidor.
discord-ask-title = Preguntar
discord-ask-label = ¿Qué necesitas y dónde?
discord-ask-hint = ayuda legal en Montreal, en español
discord-choose = Elegir
discord-remembered = Recuerdo este idioma para ti hasta que lo cambies.
discord-forgotten = He olvidado tu idioma. No se guardaba nada más.
discord-language-kept = Recuerdo este idioma para ti: { $language }.
discord-setup-title = Ajustes de este servidor
discord-setup-language = Idioma de mis líneas públicas aquí
discord-setup-any = El idioma de cada persona
discord-setup-commands = Comandos en uso aquí
discord-setup-words = Palabras con las que no empiezo
discord-setup-home = País o región supuestos, como CA-ON
discord-setup-done = Los ajustes de este servidor han cambiado.
do-privately = Responderme en privado
do-hide = Ocultar esto
do-remember = Recordar este idioma
do-forget = Olvidar mi idioma
help-discord = Con una barra encuentras mis comandos. También puedes escribirme en un mensaje directo.
privacy-discord-sees = Discord puede leer lo que se escribe aquí y lo guarda según sus propias reglas. No puedo cambiarlo.
privacy-discord-others = En un servidor solo tú ves mis respuestas. Discord no muestra nada de tu comando a otras personas.
privacy-discord-once = Para no responder dos veces, se guarda 14 días una huella con clave de cada mensaje directo. No le dice nada a nadie.
privacy-discord-memory = Durante 30 minutos sé qué opciones viste por última vez. Después, o si me reinicio, ya no.
privacy-discord-language = Un idioma se recuerda solo si lo pides, y se olvida en cuanto lo dices.

## Vetting: suggesting, following up, reporting, reviewing

command-suggest = proponer, sugerir, proponer un recurso
command-case = caso, mi caso
command-report = avisar, avisar de una ficha
suggest-title = Proponer
suggest-intro = Cuéntame de un grupo, un servicio, una guía o un consejo. Solo la primera pregunta necesita respuesta. Deja fuera nombres, números y direcciones de personas privadas.
suggest-ask-what = ¿Qué es? Un enlace, un nombre o palabras
suggest-ask-place = ¿Dónde está o para qué lugar?
suggest-ask-topics = ¿Con qué ayuda?
suggest-ask-why = ¿Por qué es bueno saberlo?
suggest-ask-known = ¿Lo lideran TS? ¿Cómo lo sabes?
suggest-short-what = Qué
suggest-short-place = Dónde
suggest-short-topics = Ayuda con
suggest-short-why = Por qué
suggest-short-known = Quién lidera y cómo se sabe
suggest-preview = Esto es lo que verán las personas que moderan
suggest-ready = Nadie lo recibe antes de que lo envíes, y un borrador se olvida a los 30 minutos. Nadie ve de quién viene.
suggest-personal = Lo que está entre ⟦ y ⟧ parece ser de una persona privada. Así no lo guardo. Cámbialo, o di que es el contacto público del servicio.
words-personal = Lo que está entre ⟦ y ⟧ parece ser de una persona privada, así que no se guardó nada. Escríbelo sin eso, o di que es el contacto público del servicio.
suggest-over = Esta vista previa caducó y no se guardó nada. Empieza de nuevo, por favor.
suggest-empty = Necesito unas palabras o un enlace.
suggest-too-long = Es demasiado largo para una propuesta, así que no se guardó nada. Acórtalo, por favor.
suggest-kept = Gracias. Las personas que moderan lo mirarán; nada es público antes. Este es tu código:
suggest-code = Apúntalo: solo este código muestra qué pasó, recibe una pregunta y permite retirarlo. Yo no lo conozco.
quota-person = Has enviado mucho hace poco. Esta vez no se guardó nada. Inténtalo más tarde.
quota-all = Mucha gente está enviando algo ahora. Esta vez no se guardó nada. Inténtalo en una hora.
quota-full = Las personas que moderan tienen todo lo que pueden mirar. Esta vez no se guardó nada. Inténtalo en unos días.
quota-blocked = Por ahora no recibo nada de ti, por algo que enviaste antes. Esto termina por sí solo a los 90 días. No se guardó nada. Las preguntas se responden como siempre.
vetting-nobody = Aquí todavía no modera nadie, así que no puedo recibir nada. No se guardó nada.
vetting-privately = Hagámoslo en privado: escríbeme un mensaje directo. No guardo nada de lo dicho aquí.
vetting-moderators-only = Solo quienes moderan esta comunidad pueden hacer esto.
vetting-not-proven = No puedo tener la certeza de que esto viene de ti: usa un dispositivo que el archivo de configuración nombra.
vetting-not-here = Esto se hace en la sala de revisión o en privado conmigo, no aquí.
said-long-ago = Lo dijiste hace más de una hora y otras personas pueden haber decidido desde entonces. No se hizo nada. Si aún lo quieres, dilo otra vez.
do-still = Aún lo quiero
setup-administrators-only = Esto necesita a alguien que modere la comunidad y además administre esta sala o este servidor; en Matrix la sala está cifrada.
setup-filed = El archivo de configuración dice dónde se reúne aquí esta comunidad; se cambia allí.
setup-choose = Puedo mostrar aquí lo que espera a la moderación. Quien lee aquí también lo leerá: elige una sala solo para moderación.
setup-is = Esta es la sala de revisión de { $community }: aquí llega lo que espera a la moderación.
setup-left = Ya no es una sala de revisión. Aquí no llega nada nuevo.
do-setup-join = Sala de revisión de { $community }
do-setup-leave = Dejar de ser sala de revisión
case-title = Tu caso
case-ask-code = El código que recibiste
case-no-code = Eso no es un código. Un código tiene cuatro grupos de cuatro letras y cifras.
case-unknown = No conozco ningún caso con este código. Puede haber terminado: lo cerrado se olvida a los 30 días.
case-state-pending = Espera a las personas que moderan.
case-state-approved = Fue aceptado. Gracias.
case-state-rejected = No fue aceptado. Gracias de todos modos.
case-state-withdrawn = Fue retirado. No queda nada del texto.
case-state-expired = Nadie decidió en 90 días, así que se borró. Puedes enviarlo otra vez.
case-question = Una persona que modera pregunta: { $words }
case-answered = Ya respondiste. Puedes responder de nuevo.
case-ask-answer = Tu respuesta, sin nada sobre ti
case-ask-public = ¿Hay un número o nombre público?
public-no = No, no hay
public-yes = Sí, el contacto público del servicio
case-answer-kept = Gracias. Las personas que moderan ven tu respuesta, no quién eres.
case-no-question = Nadie ha preguntado nada.
case-withdrawn = Está retirado. Aquí no queda nada del texto.
case-cannot-tell = No puedo escribirte por aquí. Tu código muestra qué pasó.
case-tell-yes = Te escribiré cuando se decida o haya una pregunta. Hasta entonces guardo dónde, cifrado, 30 días como máximo.
case-tell-no = No te escribiré y borré dónde.
case-news = Hay novedades para ti aquí. Tu código las muestra.
report-title = Algo está mal
report-intro = Esto es sobre una ficha equivocada de mi directorio. Si te pasó algo, cuéntamelo mejor con tus palabras.
report-ask-record = ¿Qué ficha es? Su nombre
report-no-record = No conozco ninguna ficha con ese nombre.
report-why = ¿Qué está mal en { $name }?
report-which-line = ¿Cuál está mal?
report-ask-words = ¿Qué hay que saber? Puede quedar vacío
problem-wrong-contact = Un contacto está mal
problem-closed = Está cerrado
problem-harmful = Hace daño
problem-names-me = Nombra a alguien privado o a mí
problem-other = Otra cosa
reason-not-fitting = No encaja con este directorio.
reason-double = Ya está.
reason-personal = Contiene cosas de una persona privada.
reason-unclear = No se pudo entender o encontrar.
reason-wrong = Lo que dice no es correcto.
reason-advert = Es un anuncio o un lugar de trabajo.
reason-out-of-date = Es demasiado antiguo.
reason-no-fault = No se encontró ningún error.
do-report = Algo está mal aquí
do-report-one = Avisar: { $name }
do-edit-words = Cambiarlo
do-stop = No enviar
do-public-contact = Es el contacto público del servicio
do-send = Enviarlo
do-case = Ver mi caso
do-tell = Avísame cuando se decida
do-tell-not = No me avises
do-answer = Responder
do-withdraw = Retirarlo
word-approve = aprobar, sí
word-reject = rechazar, no
word-ask = preguntar
word-edit = editar
word-take = tomar
word-tie = vínculo
word-check = comprobar
word-hide = ocultar
word-show = mostrar
word-review = revisión, cola
review-title = { $code } · { $kind ->
    [report] aviso
    [show] mostrar de nuevo
   *[suggestion] propuesta
  }{ $urgent ->
    [yes] {" · urgente"}
   *[no] {""}
  }: { $about }
review-line = { $what } · desde { $day } · aprobado por { $approvals }
review-day = Recibido el { $day }
review-about-line = Sobre: { $line }
review-missing = Falta: { $fields }
review-flags = Marcado: { $flags }
review-public-contact = Según quien lo envió, el contacto es público y del servicio. Hay que comprobarlo.
review-doubles = Puede ser lo mismo que: { $ids }
review-link-warn = Mira esta dirección antes de pulsar: { $url }
review-link-refuse = No abrir: { $url }
review-version = Versión { $version }
review-approved-by = Aprobado: { $name }{ $old ->
    [yes] {" (versión anterior)"}
   *[no] {""}
  }
review-rejected-by = Rechazado: { $name }{ $old ->
    [yes] {" (versión anterior)"}
   *[no] {""}
  }. { $reason }
review-tie-said = { $name } tiene un vínculo y no decide.
review-taken = { $name } se encarga.
review-check-said = Comprobado: { $method }, { $day }
review-question = Pregunta: { $words }
review-answer = Respuesta: { $words }
review-no-answer = Aún sin respuesta.
review-closed = { $code }: { $state ->
    [approved] aceptado
    [rejected] rechazado
    [withdrawn] retirado
   *[expired] caducado
  }. Su texto está borrado.
review-already = Ya está cerrado: { $state ->
    [approved] aceptado
    [rejected] rechazado
    [withdrawn] retirado
   *[expired] caducado
  }. No cambió nada.
review-digest = Esperan aquí: { $count }, urgentes: { $urgent }, lo más antiguo hace { $days } días. Escribe «revisión» para verlo.
review-nothing = No espera nada.
review-waiting = En espera: { $count }. Los primeros { $shown }:
review-approved = { $code } está aceptado y es público.
review-counted = Tu sí a { $code } cuenta. Hace falta otra persona.
review-why = ¿Por qué no se acepta { $code }?
review-block-why = ¿Por qué no recibir más de quien envió esto? Nadie sabrá quién es; termina a los 90 días.
review-blocked = No se recibe nada más de quien envió { $code }, durante 90 días. El caso mismo sigue esperando.
review-unblocked = Quien envió { $code } puede volver a enviar algo.
review-not-blocked = Nadie está bloqueado por ese caso.
review-nobody-to-block = No sé nada de quien envió esto: vino de una terminal o de un archivo.
block-threats = Amenazas o insultos
block-flood = Demasiados envíos
block-advert = Publicidad
review-rejected = { $code } está rechazado. Su texto está borrado.
review-third = Tu no a { $code } cuenta. Alguien lo aprobó, así que decide una tercera persona.
review-ask-question = Tu pregunta
review-ask-how = La persona verá la pregunta con su código. No preguntes quién es, dónde trabaja ni cómo contactarla.
review-asks-who = Esto parece preguntar quién es alguien. Quien lo envió sigue sin conocerse aquí y no tiene que responder a algo así. Aún no se envió nada.
review-question-length = Una pregunta tiene de 1 a 1000 caracteres.
review-asked = La pregunta de { $code } espera a quien tiene el código.
review-edited = { $code } tiene una versión nueva. Se decide de nuevo.
review-field-name = Nombre
review-field-description = Qué ofrece, por idioma (es: …)
review-field-contact = Contacto (url: …, phone: …)
review-field-facts = Tipo, lugar, temas, para quién
review-field-sources = Fuentes: dirección y qué muestra
review-took = Te encargas de { $code }.
review-tie-kept = Tu vínculo con { $code } está anotado. Tu voz no cuenta.
review-how-checked = ¿Cómo comprobaste { $code } hoy?
review-check-kept = La comprobación de { $code } está anotada.
review-check-day = Una comprobación no puede estar en el futuro.
review-hidden = Queda oculto de inmediato. Mostrarlo de nuevo requiere dos personas.
review-show-asked = { $code }: dijiste sí a mostrarlo de nuevo. Hace falta otra persona.
review-incomplete = Todavía no es una ficha completa. Edítala primero:
review-wrong-fields = Estos campos faltan o aún no están bien: { $fields }.
review-needs-call = El número de una línea de ayuda necesita una llamada o mensaje en los últimos 7 días. Anótalo con «comprobar».
review-own = Esto viene de ti, así que deciden otras personas.
review-tied = Tienes un vínculo con esto, así que deciden otras personas.
review-changed = Cambió mientras tanto. Míralo otra vez antes de decidir.
review-edit-first = Todavía no hay cambios. Edita la ficha, ocúltala o rechaza el aviso.
review-nothing-to-edit = Aquí no hay nada que editar.
review-nothing-to-hide = Aquí no hay ficha publicada que ocultar.
review-id-taken = Ya hay una ficha con este id. Dale otro, o recházala como repetida.
review-not-hidden = Esta ficha no está oculta.
review-cut = Algunos textos están cortados aquí.
do-see-all = Ver todo
review-no-record = No existe esa ficha.
review-no-case = Ese caso no está entre los tuyos.
do-approve = Aprobar
do-reject = Rechazar
do-block = No recibir más de quien lo envió
do-unblock = Volver a recibir
do-ask-back = Preguntar
do-send-anyway = Enviar de todos modos
do-ask-otherwise = Preguntar de otra forma
do-edit = Editar
do-check = Anotar comprobación
do-hide-record = Ocultar la ficha
do-take = Encargarme
do-tie = Tengo un vínculo
cli-suggest = proponer un recurso; se revisa antes de verse
cli-case = ver, responder o retirar lo que enviaste
form-keep = Para dejarlo así, escribe: { $word }.
privacy-suggest = Una propuesta o un aviso se guarda cifrado hasta que se decide, 90 días como máximo, y nunca con quién lo envió: una huella con clave evita que decidas sobre lo tuyo, y se borra con la decisión. Tu código se guarda como huella con clave hasta 30 días después; cuántos llegaron hace poco, como huella con clave, 7 días. Si la moderación te bloquea, eso queda como huella con clave, 90 días como máximo.

## Matrix

matrix-no-key = No puedo leer este mensaje: su clave no me llegó. Envíalo una vez más, por favor.
matrix-only-text = Solo puedo leer texto. Escribe qué necesitas y dónde.
matrix-verify = Soy un programa y no puedo comparar emojis. Quien me mantiene puede mostrarte la huella de mi identidad.
matrix-in-private = Te respondí en nuestro chat directo.
matrix-erased = Retiré mis mensajes del último día aquí. Lo que escribiste sigue hasta que lo borres, y los teléfonos y servidores pueden guardar copias.
matrix-erase-words = no dejes rastro, borra, borra tus mensajes
matrix-public-words = aquí, público, en público
privacy-matrix-waits = Un mensaje espera en mi disco, todavía cifrado, hasta que se responde, 24 horas como máximo.
privacy-matrix-marks = Durante 14 días guardo un código de cada mensaje que respondí, para no responder dos veces. No dice qué se escribió ni quién.
privacy-matrix-devices = Guardo las claves de tus dispositivos mientras compartimos una sala. El cifrado las necesita.
privacy-matrix-memory = El idioma que eliges y las últimas opciones quedan en memoria 30 minutos.
privacy-matrix-servers = Los servidores ven quién escribe a quién y cuándo. Nuestros mensajes siguen en este chat hasta que se borren: escribe «{ $erase }» y retiro los míos.
privacy-own = Lo que guardo porque lo pediste:
privacy-own-none = No me pediste guardar nada para ti.
privacy-own-reminder = Un recordatorio: { $event }
privacy-own-told = Sugerencias o avisos cuyo final debo contarte: { $count }
privacy-erased = Está borrado. No te recuerdo nada ni te digo nada sin que lo pidas.
do-erase-own = Borrar todo lo que pedí

## What moderators do about the directory

check-title = Anotar una comprobación
check-ask-record = ¿Qué ficha comprobaste? Su nombre o su id.
check-ask-method = ¿Cómo la comprobaste?
check-ask-outcome = ¿Qué encontraste?
check-ask-date = ¿Qué día, si no fue hoy? Por ejemplo 2026-03-31.
check-choose-ok = Todo está bien
check-choose-changed = Algo ha cambiado
check-choose-failed = No contestó nadie
check-no-record = No conozco ninguna ficha con ese nombre o id.
check-how = Di cómo la comprobaste: { $methods }. Luego qué encontraste: ok, changed o failed.
check-date = Un día se escribe 2026-03-31, y no está en el futuro.
check-helpline = Una línea se comprueba cuando alguien contesta: { $methods }.
check-noted = Anotado: { $name }, { $date }, { $method }.
check-outcome-changed = Sugiere lo que ha cambiado como corrección, para que se pueda aprobar.
check-outcome-failed = Cuenta como no comprobada. Si su contacto puede hacer daño, ocúltala hasta saber más.
do-note-check = Comprobé { $name }
due-title = Para comprobar esta semana
due-how = Comprueba y luego anótalo con «check», el id y cómo lo hiciste. Una línea se comprueba llamando o escribiendo.
due-line = { $name } ({ $id }): { $freshness }
due-soon = { $name } ({ $id }): { $freshness }, toca comprobarla en una semana
due-urgent = Urgente: { $line }
due-more = Y { $count } más.
history-title = Quién hizo qué
history-none = No conozco nada que se haya hecho ahí en los últimos 24 meses.
history-line = { $day }, { $by }: { $action } ({ $item })
history-how = { $action }, { $how }
act-put = publicó
act-hide = ocultó la ficha
act-show = volvió a mostrar la ficha
act-check = comprobó
act-hide-contact = ocultó un contacto
act-show-contact = volvió a mostrar un contacto
act-remove = retiró la ficha
act-event-change = cambió un evento
act-event-submit = pasó un evento
act-event-approve = aprobó un evento
act-event-back = devolvió un evento
act-event-withdraw = retiró un evento
act-campaign-export = aceptó entregar la lista
act-signature-confirm = confirmó una firma
act-signature-decline = descartó una firma
act-approve = aprobó
act-reject = rechazó
act-edit = editó
act-ask = preguntó
act-take = se encargó
act-tie = declaró un vínculo
act-block = bloqueó a quien lo envió
act-unblock = levantó un bloqueo
act-uncertain-arrived = dijo que un mensaje llegó
act-uncertain-again = hizo enviar de nuevo un mensaje
act-announce-submit = pasó un anuncio
act-announce-approve = aprobó un anuncio
act-announce-correct = corrigió un anuncio
act-announce-back = devolvió un anuncio
act-announce-retract = retiró un anuncio
act-setup-join = hizo de una sala su sala de revisión
act-setup-leave = quitó una sala de revisión
need-title = Pedido y ausente
need-none = Nada se pidió sin resultado cinco veces o más.
need-line = { $month }, { $place }: { $topic }, { $count } veces

## Messages that may or may not have arrived

uncertain-what = No sé si un mensaje llegó. Pertenece a: { $cause }.
uncertain-where = La sala, en { $platform }: { $room }
uncertain-how = Mira allí y luego elige. No lo envío de nuevo por mi cuenta.
uncertain-arrived = Anotado: llegó.
uncertain-again = Lo envío de nuevo.
uncertain-settled = Alguien ya resolvió esto.
do-uncertain-arrived = Llegó
do-uncertain-again = Enviarlo de nuevo

## Screening of suggestions

error-url = «url» tiene que ser texto.
cli-screen = marcar lo que la moderación debería mirar en las sugerencias
cli-screen-batch = sugerencias en JSON Lines; - lee la entrada estándar

## Announcements

command-announce = anuncio
command-subscribe = suscribir
command-campaign = campaña, campañas
announce-list = Anuncios en marcha: { $count }.
announce-title = Anuncio
announce-text = Lo que se va a decir
announce-topic = Tema, o vacío para todas las salas
announce-place = Lugar, o vacío para todas las salas
announce-at = No antes de, como 2026-12-17 09:00; vacío: ya
announce-until = No después de, como 2026-12-18 18:00; opcional
announce-at-once = ya
announce-when = Sale: { $at }, a la hora de cada sala, después de sus horas de calma. No después de: { $until }. Tema: { $topic }. Lugar: { $place }.
announce-card = Anuncio { $code }, escrito por { $by }. Sale cuando lo respaldan suficientes personas que moderan.
announce-alone = Aquí basta una persona: nadie más lo lee antes de que salga.
announce-missing = Todavía sin escribir: { $languages }. Las salas que los leen lo oyen en { $instead }.
announce-paragraph-missing = (esta parte no está)
announce-long = El texto es largo. Ábrelo para leerlo entero; después puedes responder por él.
announce-on-discord = En Discord es un solo mensaje. Los enlaces van detrás de sus palabras, sin vista previa de la página. Una corrección ocupa su lugar sin otra notificación. En un canal de anuncios se transmite a los canales que lo siguen, unas diez veces por hora.
announce-on-matrix = En Matrix es un solo mensaje, que avisa a cada persona según lo que eligió para la sala. Las palabras con enlace se pueden pulsar; donde el texto se muestra sin formato, el enlace va detrás. Una corrección ocupa su lugar y las aplicaciones muestran las palabras anteriores si se piden; si se retira, queda una línea vacía.
announce-plain = Con los enlaces escritos completos, se lee:
do-look-as-read = Como se leerá: { $language }
announce-corrected = (Este texto fue corregido.)
announce-over = (Esto ya pasó.)
announce-late = (Esto llega tarde: estaba previsto para { $at }.)
announce-correct-title = Escribirlo de nuevo
announce-retract-sure = Se borra cada copia, en todas las salas. No se puede deshacer.
announce-state-draft = un borrador
announce-state-waiting = espera a otra persona que modera
announce-state-published = publicado
announce-state-correcting = publicado; una corrección espera a otra persona
announce-state-retracted = retirado
announce-progress = Enviados: { $sent }. En espera: { $waiting }. Fallidos: { $failed }. No se sabe: { $uncertain }. Tarde o cancelados: { $cancelled }.
announce-handing-on = De los enviados, en espera de transmitirse a los canales que siguen: { $count }.
announce-overdue = Con más de 15 minutos de retraso, enviados o en espera: { $count }.
announce-nowhere = No conozco ninguna copia: ninguna sala la quiere, o se dijo hace más de 90 días y ya no sé dónde.
announce-progress-change = Cambios en las copias, correcciones y aviso de que terminó. { $progress }
announce-progress-withdraw = Copias retiradas. { $progress }
announce-unknown = No conozco este anuncio.
announce-not-draft = Este ya no es un borrador.
announce-not-published = Este aún no se publicó.
announce-held = Así no puede salir. Corrige primero lo que está en la lista debajo del texto.
announce-correct-held = Así no puede salir, y no se guardó nada de ello. Esto es lo que no está bien, y lo que escribiste:
announce-decided = Alguien ya lo decidió.
announce-other-version = El texto cambió desde entonces. Míralo otra vez.
announce-same = Ya lo respaldas. Otra persona que modera tiene que leerlo.
announce-day-said = Otra comunidad de aquí ya anuncia este día, y cada sala lo oiría dos veces.
failed-no-room = la sala ya no existe
failed-no-permission = no puedo escribir allí
failed-not-encrypted = la sala no está cifrada
failed-too-long = demasiado largo para la plataforma
failed-no-message = el mensaje ya no existe
failed-gave-up = sin conexión durante una semana
failed-full = el calendario está lleno
failed-closed = no acepta mensajes
failed-other = otra razón
lint-empty = { $language }: no hay texto.
lint-hole = { $language }: falta algo por rellenar: { $place }
lint-link-text = { $language }: un enlace sin palabras: { $place }
lint-link = { $language }: este enlace no funciona: { $place }
lint-unknown-link = { $language }: el directorio no conoce este enlace: { $place }
lint-word = { $language }: una palabra que no usamos: { $place }
lint-shout = { $language }: un signo de exclamación: { $place }
lint-too-long = { $language }: demasiado largo para un mensaje.
do-write-announcement = Escribir uno
do-submit-announcement = Pasarlo
do-approve-announcement = Lo respaldo
do-send-back = Así no
do-correct = Corregirlo
do-retract = Retirarlo
do-retract-sure = Borrar cada copia
do-look-again = Mirar otra vez
schedule-zone = No conozco esta zona horaria. Se escribe como America/Toronto.
schedule-when = Escribe la hora como 2026-12-17 09:00.
schedule-quiet = Escribe las horas de calma como 22-8, o - para ninguna.
schedule-past = Esta hora ya pasó en todas partes.
schedule-far = Faltan más de 400 días.
schedule-until = Termina antes de empezar.
schedule-until-late = Puede terminar como tarde 89 días después de salir: ese tiempo sé dónde están sus copias.
schedule-skipped = Entonces se adelanta el reloj y esta hora no existe: cuenta como { $counts } ({ $zone }).
schedule-twice = Entonces se atrasa el reloj y esta hora viene dos veces: cuenta la primera ({ $zone }).
announce-is-over = Su final ya pasó. Lo dicho queda y lo indica; no sale nada más.

## Rooms that want to hear

subscribe-title = Lo que recibe esta sala
subscribe-topics = Temas, con comas; vacío para todos
subscribe-places = Lugares, con comas; vacío para todos
subscribe-language = Idioma
subscribe-zone = Zona horaria, como America/Toronto
subscribe-quiet = Horas de calma, como 22-8, o -
subscribe-keepers-only = Solo quien administra esta sala decide lo que recibe.
subscribe-is = Esta sala recibe anuncios.
subscribe-is-topics = Temas: { $topics }
subscribe-is-places = Lugares: { $places }
subscribe-is-language = Idioma: { $language }
subscribe-is-hours = Zona horaria: { $zone }. Horas de calma: { $quiet }.
subscribe-digest-on = Lo nuevo y lo comprobado hace poco llega una vez por semana.
subscribe-digest-off = Sin lista semanal.
subscribe-calendar-on = Los eventos entran en el calendario de este servidor, si puedo crear eventos allí. Ninguno solo para pares.
subscribe-calendar-off = Los eventos no entran en el calendario de este servidor. Lo que ya está queda hasta que termina y se mantiene al día.
subscribe-stopped = Esta sala ya no recibe nada. Lo que tenía elegido está borrado.
subscribe-stopped-calendar = Esta sala ya no recibe nada. Lo que tenía elegido está borrado y ningún evento más entra en el calendario de este servidor. Lo que ya está queda hasta que termina y se mantiene al día.
do-change = Cambiar
do-digest-on = Lista semanal
do-digest-off = Sin lista semanal
do-calendar-on = Eventos al calendario de aquí
do-calendar-off = Sin eventos en el calendario
do-unsubscribe = No recibir nada más

## Campaigns

campaign-none = Ahora no hay ninguna campaña que firmar.
campaign-list = Estas campañas se pueden leer y firmar.
campaign-unknown = No conozco esta campaña.
campaign-changed = El texto cambió desde entonces. Léelo otra vez.
campaign-named-early = { $name } (abre: { $day })
campaign-early = Esta campaña aún no está abierta. Fecha de apertura: { $day }. Hasta entonces se puede leer, no firmar.
campaign-closed = Esta campaña terminó. Ya no se puede firmar.
campaign-calls = Lo que pide, con sus propias palabras:
campaign-own-form = El formulario de quien la organiza:
campaign-promise = También puedes firmar aquí. No se rellena nada por ti. Vale un nombre de trabajo. No pido teléfono, ni dirección, ni cuenta. Lo que das queda cifrado, va a quien organiza solo si dos personas que moderan lo dicen, y puedes retirarlo.
campaign-count-person = Personas: { $count }
campaign-count-organization = Organizaciones: { $count }
campaign-count-supporter = Apoyos anónimos: { $count }
campaign-title = Firmar
campaign-name-person = El nombre para firmar; cualquiera que uses
campaign-name-organization = El nombre de la organización
campaign-region = Región, puede quedar vacía
campaign-preview = Esto, y nada más, se guarda. No se guarda nada hasta que pulses.
campaign-as-person = Como persona
campaign-as-organization = Como organización
campaign-as-supporter = Como apoyo anónimo
campaign-given-name = Nombre: { $words }
campaign-given-region = Región: { $words }. Solo se muestra junto con cuatro más o más.
campaign-draft-over = Se acabó el tiempo. No se guardó nada. Empieza de nuevo.
campaign-signed = Gracias. Has firmado. Este es tu código:
campaign-code = Guarda el código. Con él, y solo con él, puedes retirar tu firma. Lo muestro una vez.
campaign-pending = Primero una persona que modera pregunta a la organización. Hasta entonces no se cuenta.
campaign-news-title = Recibir noticias
campaign-news-how = Cómo pueden escribirte. Vacío: de ninguna forma
campaign-news-kept = Quien organiza puede escribirte así. Con tu código puedes cambiarlo.
campaign-news-off = Quien organiza no te escribe.
campaign-withdraw-title = Retirar
campaign-withdrawn = Tu firma está borrada.
campaign-no-signature = No conozco ninguna firma con este código.
campaign-organization = { $name } firmó «{ $campaign }» como organización. Pregúntales por una vía que conozcas y luego elige.
campaign-nothing-pending = No espera ninguna organización.
campaign-confirmed = Anotado.
campaign-export = Anotado. Cuando otra persona que modera diga lo mismo en una semana, quien opera el bot puede escribir la lista con: python -m bot signatures { $campaign }
do-sign-person = Firmar como persona
do-sign-organization = Firmar como organización
do-sign-supporter = Firmar sin nombre
do-sign = Firmar
do-back = Volver
do-hear-news = Recibir noticias
do-withdraw-signature = Retirar mi firma
do-change-news = Recibir noticias, o dejar de recibirlas
do-confirm-organization = Firmaron
do-decline-organization = No firmaron
do-see-organizations = Organizaciones que esperan
do-hand-over = Quien organiza puede tener la lista

## Days and events

days-proposed = { $name } empieza el { $day }. Hay un borrador en cada idioma. Solo sale si las personas que moderan lo pasan.
do-look-draft = Ver el borrador
command-events = eventos, evento
events-days = Días que vienen:
events-coming = Eventos:
events-none = No conozco ningún evento próximo aquí.
events-title = Eventos
events-topic = Tema, o vacío para todos
events-place = Lugar, o vacío para todas partes
event-list = Eventos aquí: { $count }.
event-title = Evento
event-name = Cómo se llama
event-starts = Empieza, como 2026-12-17 18:00; vacío: aún sin fecha
event-ends = Termina, como 21:00; vacío: dos horas después
event-place = Lugar, o vacío si es en línea
event-organizer-field = Quién organiza, por su nombre en el directorio
event-address = Dirección o enlace; puede quedar vacío
event-topics = Temas, con comas; puede quedar vacío
event-audience = Para quién
event-parts = Partes, una por línea, como 18:30 Apertura
event-for-everyone = Para todas las personas
event-for-peers = Entre pares; no se muestra ninguna dirección
event-where = Dónde: { $place }. Dirección: { $address }
event-online = en línea
event-organizer = Organiza: { $name }
event-ask-address = Quien organiza dice a las pares dónde es.
event-card = Evento { $code }, entregado por { $by }. Se muestra cuando lo respaldan suficientes personas de la moderación.
event-calendars = Calendarios de servidores: { $progress }
event-withdraw-sure = Este evento ya no se muestra a nadie. No se puede deshacer.
event-gone = No conozco ese evento. Quizá ya terminó.
event-no-date = Un evento necesita una fecha antes de publicarse.
event-no-organizer = Hace falta un grupo organizador que el directorio conozca.
event-long = Un evento dura 31 días como mucho.
event-sessions = Escribe una parte por línea, 20 como mucho, como 18:30 Apertura, y pon antes una fecha al evento.
event-parts-outside = Una parte queda fuera de las horas del evento. Ajusta las partes a sus horas.
do-choose-events = Por tema o lugar
do-hold-events = Eventos por preparar
do-write-event = Escribir un evento
do-write-when = Nombre, horas, lugar
do-write-who = Quién organiza, dirección, partes
do-show-organizer = Quién organiza
calendar-neutral = Cita
digest-title = Nuevo en el directorio y comprobado en la última semana:
digest-new = Nuevo:
digest-checked = Comprobado:
digest-more = … y { $count } más

## Words of moderators (handlers/asked.py, handlers/help.py)
word-history = historial
word-need = necesidades
word-setup = ajustes
help-moderating = Para moderar también puedes escribir: { $review }; { $check } con una ficha y cómo la comprobaste; { $history } con una ficha o un caso; { $need }; { $announce }; { $subscribe }; { $setup } en la sala donde se reúne la moderación.
event-reminder = Pediste un recordatorio: { $at }.
event-remind-kept = Te escribo aquí una vez, antes de que empiece. Lo que guardo para eso se borra entonces.
event-remind-late = Este recordatorio se pide en los últimos 30 días, y no más tarde de lo que llegaría.
event-remind-stopped = No guardo ningún recordatorio para ti.
do-remind-day = Recordármelo un día antes
do-remind-hours = Recordármelo dos horas antes
do-remind-stop = Sin recordatorio
do-show-event = Ver qué es
