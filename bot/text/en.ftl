### Every sentence the bot says in English. Plain, warm, short; reading age 11; no exclamation marks.
### `{ $name }` is filled in by the program: keep it as it is. `# draft: …` marks a sentence that its readers have not read yet.

## Words of the vocabulary: topics

topic-peer-support = peer support
topic-drop-in = drop-in
topic-outreach = outreach
topic-legal-help = legal help
topic-know-your-rights = know your rights
topic-law-reform = changing the law
topic-immigration = immigration and papers
topic-health = health
topic-sexual-health = sexual health
topic-mental-health = mental health
topic-gender-affirming-care = gender-affirming care
topic-harm-reduction = safer drug use
topic-overdose = overdose
topic-bad-date-reporting = bad date reporting
topic-violence-support = support after violence
topic-sexual-assault = support after sexual assault
topic-crisis = crisis lines
topic-suicide-prevention = suicide prevention
topic-housing = housing
topic-food = food
topic-emergency-funds = emergency money
topic-money-and-taxes = money and taxes
topic-digital-safety = digital safety
topic-online-work = online work
topic-workplace-rights = rights at work
topic-union = unions
topic-police-misconduct = police misconduct
topic-criminal-record = criminal records
topic-incarceration-support = support in prison
topic-leaving-the-industry = changing jobs
topic-trafficking-support = support against trafficking
topic-parenting = parenting
topic-education-and-training = courses and training
topic-community-events = community events
topic-advocacy = speaking up for rights
topic-research = research
topic-translation = translation
topic-burial-and-grief = grief and burial

## Words of the vocabulary: who it serves

serves-all = everyone
serves-migrant = migrants
serves-indigenous = Indigenous people
serves-black = Black people
serves-asian = Asian people
serves-latinx = Latin American people
serves-racialized = racialized people
serves-trans = trans people
serves-women = women
serves-men = men
serves-nonbinary = non-binary people
serves-lgbtq = LGBTQ people
serves-youth = young people
serves-street-based = people who work outside
serves-indoor = people who work indoors
serves-online = people who work online
serves-strippers = strippers and dancers
serves-disabled = disabled people
serves-people-who-use-drugs = people who use drugs
serves-parents = parents
serves-incarcerated = people in prison
serves-survivors = survivors of violence
serves-newcomers = newcomers
serves-francophone = French speakers

## Words of the vocabulary: ways to reach it

access-in-person = in person
access-phone = by phone
access-text = by text message
access-online = online

## Words of the vocabulary: kinds, who leads, how it was checked

kind-organization = group
kind-helpline = helpline
kind-service = service
kind-guide = guide
kind-tool = tool
kind-tip = tip
kind-fund = fund
kind-campaign = campaign
kind-event = event
led-by-sex-workers = by and for sex workers
led-by-mixed = by sex workers and allies together
led-by-allies = by allies
led-by-public-body = by a public body
led-by-unknown = not known who leads it
method-org-confirmed = confirmed by the group
method-called-or-messaged = we called or wrote
method-used-by-peer = used by a peer
method-own-page-read = read on its own page
method-third-party-page = read on another page

## Words of the vocabulary: what to know before going

caution-anti-trafficking-organization = is an anti-trafficking organization
caution-approved-by-one = was published by one moderator alone
caution-carceral-approach = leans on police and courts
caution-conflates-sex-work-and-trafficking = treats sex work and trafficking as one thing
caution-court-partnership = works with the courts
caution-dated-legal-information = its legal information is old
caution-exit-focused = help may depend on stopping sex work
caution-faith-based = is run by a faith body
caution-grants-to-groups-only = gives money to groups, not to single people
caution-id-required = asks for identification
caution-industry-association = is an association of the industry
caution-mandatory-reporting = staff must report some things
caution-may-involve-emergency-services = may send police or an ambulance without being asked
caution-mixed-mission = also has other aims than sex workers' rights
caution-police-only-with-consent = talks to police only if you agree
caution-police-partnership = works with police
caution-proof-of-work-required = asks for proof that you do sex work
caution-state-program = is a program of the state
caution-status-required = asks for residence or immigration status

## Words of the vocabulary: labels

label-sends-police = { $value ->
    [yes] may send police or an ambulance without being asked
    [no] does not send police without being asked
   *[unknown] not known whether it sends police
  }
label-police-partnership = { $value ->
    [yes] works with police
    [no] does not work with police
   *[unknown] not known whether it works with police
  }
label-mandatory-reporting = { $value ->
    [yes] staff must report some things
    [no] staff need not report to anyone
   *[unknown] not known whether staff must report some things
  }
label-exit-focused = { $value ->
    [yes] help may depend on stopping sex work
    [no] no need to stop sex work
   *[unknown] not known whether help depends on stopping sex work
  }
label-faith-based = { $value ->
    [yes] run by a faith body
    [no] not run by a faith body
   *[unknown] not known whether a faith body runs it
  }
label-id-required = { $value ->
    [yes] asks for identification
    [no] asks for no identification
   *[unknown] not known whether it asks for identification
  }
label-status-required = { $value ->
    [yes] asks for residence or immigration status
    [no] asks for no immigration status
   *[unknown] not known whether it asks for immigration status
  }
label-records-kept = { $value ->
    [yes] keeps a file under a name
    [no] keeps no file under a name
   *[unknown] not known whether it keeps a file
  }
label-free = { $value ->
    [yes] free
    [no] costs money
   *[unknown] not known whether it is free
  }
label-anonymous = { $value ->
    [yes] no name needed
    [no] asks for a name
   *[unknown] not known whether a name is needed
  }
label-walk-in = { $value ->
    [yes] no appointment needed
    [no] by appointment
   *[unknown] not known whether you need an appointment
  }
label-open-at-night = { $value ->
    [yes] open at night
    [no] closed at night
   *[unknown] not known whether it is open at night
  }
label-wheelchair = { $value ->
    [yes] step-free
    [no] has steps
   *[unknown] not known whether it is step-free
  }
label-interpreter = { $value ->
    [yes] has interpreters
    [no] has no interpreters
   *[unknown] not known whether it has interpreters
  }
label-trans-welcome = { $value ->
    [yes] trans people are welcome by their word
    [no] does not take trans people by their word
   *[unknown] not known whether trans people are welcome
  }
label-childcare = { $value ->
    [yes] children are welcome
    [no] not for children
   *[unknown] not known whether children are welcome
  }

## Names of languages

language-am = Amharic
language-ar = Arabic
language-asl = American Sign Language
language-ay = Aymara
language-ber = Berber
language-bg = Bulgarian
language-bin = Edo
language-bm = Bambara
language-bn = Bengali
language-ca = Catalan
language-cmn = Mandarin
language-cr = Cree
language-cs = Czech
language-de = German
language-el = Greek
language-en = English
language-es = Spanish
language-eu = Basque
language-fa = Persian
language-fi = Finnish
language-fil = Filipino
language-fr = French
language-gl = Galician
language-gn = Guarani
language-hak = Hakka
language-he = Hebrew
language-hi = Hindi
language-ht = Haitian Creole
language-hu = Hungarian
language-id = Indonesian
language-it = Italian
language-iu = Inuktitut
language-ja = Japanese
language-km = Khmer
language-ko = Korean
language-ln = Lingala
language-lo = Lao
language-lsf = French Sign Language
language-lsm = Mexican Sign Language
language-lsq = Quebec Sign Language
language-mn = Mongolian
language-mr = Marathi
language-ms = Malay
language-my = Burmese
language-myn = Mayan
language-nah = Nahuatl
language-nan = Hokkien
language-ne = Nepali
language-nl = Dutch
language-no = Norwegian
language-oj = Ojibwe
language-pa = Punjabi
language-pcm = Nigerian Pidgin
language-pl = Polish
language-ps = Pashto
language-pt = Portuguese
language-qu = Quechua
language-ro = Romanian
language-rom = Romani
language-ru = Russian
language-so = Somali
language-sq = Albanian
language-sr = Serbian
language-sv = Swedish
language-sw = Swahili
language-ta = Tamil
language-te = Telugu
language-th = Thai
language-ti = Tigrinya
language-tl = Tagalog
language-tr = Turkish
language-uk = Ukrainian
language-ur = Urdu
language-vi = Vietnamese
language-wo = Wolof
language-wuu = Shanghainese
language-xh = Xhosa
language-yo = Yoruba
language-yue = Cantonese
language-zh = Chinese
language-zu = Zulu

## Dates

date-year = { $year }
date-month = { $month ->
    [january] January { $year }
    [february] February { $year }
    [march] March { $year }
    [april] April { $year }
    [may] May { $year }
    [june] June { $year }
    [july] July { $year }
    [august] August { $year }
    [september] September { $year }
    [october] October { $year }
    [november] November { $year }
   *[december] December { $year }
  }

## How fresh a record is

fresh-checked = checked { $date }
fresh-due = checked { $date }, check due
fresh-past = not checked since { $date }
fresh-unchecked = not yet checked here; last seen in a public source in { $date }
fresh-undated = not yet checked here; date of source unknown
fresh-opens = opens in { $date }
fresh-until = until { $date }
fresh-ended = ended { $date }
fresh-phone-old = the phone number is from { $date } and may have changed
fresh-phone-undated = nobody knows how old the phone number is
fresh-joined = { $first }; { $second }

## Why a record is there

reason-named = you named it
reason-covers = covers { $place }
reason-worldwide = works worldwide
reason-serves = for { $serves }
reason-language = speaks { $languages }

## Lines of a record

list-comma = { $first }, { $second }
card-why = Why: { $reasons }
card-fresh = How fresh: { $freshness }
card-phone = Phone: { $phone }
card-text = Text message: { $phone }
card-whatsapp = WhatsApp: { $phone }
card-email = Email: { $email }
card-web = Web:
card-address = Address: { $address }
card-hours = Hours, in the words of the source: { $hours }
card-languages = Languages: { $languages }
card-police = Police: { $known }
card-caution = Good to know: { $caution }
card-only-in = Only in { $language }: { $description }
card-no-contact = I know of no number or address for it.
show-kind = What it is: { $kind }
show-led-by = Who leads it: { $led }
show-involvement = How sex workers are part of it (in English): { $involvement }
show-topics = Help with: { $topics }
show-serves = For: { $serves }
show-covers = Where: { $places }
show-access = How to reach it: { $ways }
show-known = Known: { $labels }
show-aliases = Also called: { $names }
show-calls = What it calls for: { $calls }
show-check = Checked { $date }: { $method }
show-sources = Where this comes from
show-source = { $says }:
show-source-dated = { $says } ({ $date }):
show-none = I have no record of that name.

## Answers

answer-home = I take { $place } as your place. If you are somewhere else, say where.
answer-nothing-local = I know of nothing in { $place } itself for this. These cover a wider area or work from anywhere.
answer-missing-topic = I know of nothing there on: { $what }.
answer-missing-language = I know of nobody there who speaks { $what }.
answer-missing-serves = I know of nothing there that is mainly for { $what }.
answer-missing-wish = For none of these is this known: { $what }.
answer-missing-together = I know of no { $topic } in { $language } there.
answer-nothing = I know of nothing that fits.
answer-nothing-place = I know of nothing that fits and covers { $place }.
answer-topics = You can ask me about: { $topics }.
answer-where = Where are you? A country or a region is enough. Until then I show only what is online or worldwide.
place-within = { $place } ({ $around })
answer-unclear = Which place do you mean?
answer-part = { $first } to { $last } of { $total }
answer-end = There is nothing more.
answer-languages = I write English, French, Spanish and Chinese.
answer-unsure = I am not sure what you need. Say it in a few words, like “legal help in Montréal”, or choose a topic.
answer-directory-lost = I cannot read the directory right now, so I cannot search. Urgent cards still work.
answer-privately = I can answer you privately. Write to me in a direct message.

## Things to choose

do-more = More results
do-show = All about { $name }
do-wrong = That is not it
do-guided = Choose a topic
do-place = Say where I am
do-language = Another language
do-peers = Talk with peers
do-search = Search the directory for this
do-help = What I can do
do-privacy = What is kept

## Choosing without words

guided-topic = What do you need?
guided-place = Where? A country or a region is enough.
guided-region = Which part of { $place }?
guided-anywhere = Anywhere, online
guided-all = All of { $place }
guided-type = You can also type a place.
need-talk = Someone to talk to
need-legal = Law, police and rights
need-immigration = Immigration and papers
need-health = Health
need-drugs = Safer drug use
need-violence = Violence and bad dates
need-home = Housing and food
need-money = Money and taxes
need-work = Rights at work, online work
need-digital = Digital safety
need-community = Groups and campaigns

## Languages

language-choose = Which language shall I write?
language-self = English
language-set = From here on I write English.

## Setting right

correct-card = Sorry. What is it then?
correct-answer = Sorry. Say it in other words, or choose:
correct-search = None of these, search the directory

class-overdose = Someone took too much, or is about to use alone
class-suicide = Thoughts of dying
class-violence = Violence or assault
class-police-raid = Police at work or at home
class-immigration-detention = Immigration officers
class-stalking-doxxing = Someone follows, outs or threatens me
class-coercion = Someone forces me
class-minor = I am under 18
class-buyer = Buying services
class-find-person = Looking for someone
class-solicitation = An ad
class-legal-advice = What the law says
class-journalist = Press or research
class-bad-date = A warning about a client

## Cards: what can be done now

# draft: to be read by harm reduction groups and a nurse
card-overdose = { $urgency ->
    [now] Check the breathing. If it is slow, snoring or gone: lay them on their back, tilt the head back, give one breath every 5 seconds. Give naloxone if you have it, again after 3 minutes. Stay. If it is you, unlock the door and call someone near. An ambulance is a choice.
   *[soon] A line can stay with you while you use. Start with a small amount and go slow. Keep naloxone close and the door unlocked. If breathing gets slow: naloxone, stay together. An ambulance is a choice.
  }
# draft: to be read by crisis lines and peers
card-suicide = I am glad you wrote this. Ask someone you trust to stay with you now, or stay near people. If it is about a friend, stay with them and listen. These lines talk with you, also at night.
# draft: to be read by violence support groups and a nurse
card-violence = { $urgency ->
    [now] Get to a safer place first, if you can: a locked room, a neighbour, a shop with people. Keep your phone on you. After choking, heavy bleeding or a blow to the head, a doctor or nurse should look at it today. You choose who is told.
   *[soon] This is not your fault, and you choose who is told. Some care works only within days: medicine against HIV within 72 hours, emergency contraception within 5 days. After choking, a doctor or nurse should look at it today.
  }
# draft: to be read by legal groups of the place
card-police-raid = { $urgency ->
    [now] You can ask for a lawyer and an interpreter. Keep your hands where they can be seen. When it is safe, note names, badge numbers and the time.
   *[soon] Write down what happened, when, names and badge numbers, and what was taken. Keep every paper. A lawyer can ask for your things back.
  }
rights-card = A rights card for { $place }, general information from { $date }:
rights-card-undated = A rights card for { $place }, general information without a date:
rights-none = I have no rights card for this place.
# draft: to be read by migrant-led groups and immigration lawyers
card-immigration-detention = A migrant-led group or a lawyer can help to find the person and speak up for them. You can ask for a lawyer and an interpreter. Keep papers, dates and letters ready for them; I do not need them.
# draft: to be read by digital safety groups
card-stalking-doxxing = { $urgency ->
    [now] This is not your fault. If someone is near, go where other people are, and tell one person you trust. If it is safe, keep copies: screenshots with the date and the address. You choose who else is told.
   *[soon] This is not your fault. If it is safe, keep copies before anything is taken down: screenshots with the date and the address. Change passwords from a device they cannot reach. You choose who is told.
  }
# draft: to be read by sex worker-led and migrant-led groups
card-coercion = I believe you. You decide what happens next, and when. These groups listen first. They can help with papers, pay, threats or a safe place, also if you want to go on working.
# draft: to be read by youth groups and a lawyer
card-minor = Thank you for telling me. I tell nobody. Some services must report some things about people under 18; I say so where I know it. You can ask them first: what do you have to report?
card-buyer = This bot is for sex workers and their peers. I cannot help with this.
card-find-person = I never look for people or workplaces, and never say whether someone is here. If you worry about someone close to you, there is support for you too. These groups say what reports and raids do to workers.
card-solicitation = A note for you alone: many platforms close rooms that hold ads or prices, so please keep them out. No one is told. These groups talk about work safely.
# draft: to be read by legal groups of the place
card-legal-advice = I cannot say what the law means for you. I have general information with its date, and people who can look at your case. Laws change, so check how old it is.
card-journalist = People here are not a list of sources, and I pass nothing on. These groups publish a contact that you can write to:
card-bad-date = I keep nothing of this. These groups keep lists that make such warnings safe. Please give it to them, not to the room.
card-help-elsewhere = If you need something for yourself, tell me what.
card-emergency = A choice: { $number } is the emergency number ({ $country }). Police may come too.
card-emergency-unknown = A choice: the emergency number where you are. Police may come too.
card-nobody = I contact nobody, and nothing you write is kept.
card-where = Tell me the country or region, and I can name help there.
card-contacts-none = I know of no contact that covers { $place } for this.
card-contacts-none-anywhere = Without a place I know of no contact for this.
card-peers = Peers know this. You can talk with them, now or later.
card-health = Health information for everyone is there if you ask for it.

## Small talk and the rest

small-talk = I am here. When you need a group, a service or a guide, tell me what and where.
off-topic = I do not know about that. I know groups, services and guides by and for sex workers.
hostile = All right. If you need something, write it, and I look.

## Help

help-what = I know groups, helplines, services and guides by and for sex workers and their peers.
help-how = Write what you need and where, in your own words: “legal help in Montréal, in Spanish”.
help-urgent = If it is urgent, write what is happening. That comes before everything else.
help-program = I am a program, not a person. I choose among sentences and records that people wrote; I make nothing up.
help-mend = Is a record wrong, or is one missing? Tell the people who run this bot; they mend it.
help-commands = You can also type: { $guided }, { $language }, { $privacy }, { $help }, { $quit }.

## Commands: what people type, the first word is the one that is shown

command-help = help, commands, menu
command-privacy = privacy
command-quit = quit, exit, bye
command-language = language, languages
command-guided = topics, choose
command-more = more, next

## What is kept

privacy-words = Nothing of what you write is kept: not your words, not that you asked.
privacy-disk = This chat writes nothing to disk and sends nothing over a network.
privacy-memory = The language you choose and the last choices shown are in memory until you leave.
privacy-shell = Your terminal may keep what is on the screen, and a shell keeps the words you type after “ask”. I cannot erase those.

## The terminal

greeting = Hello, this is Umbrella: help by and for sex workers and their peers. Nothing you write is kept.
greeting-how = Write what you need and where. Type { $help } for help, { $quit } to leave.
farewell = Take care.
choices-how = Type a number to choose, or write something else.
choice-unknown = There is no choice with that number here.

## When something cannot be used

error-internal = Something went wrong on my side. Nothing was kept. Please try again.
error-input = I cannot use what was given.
error-setup = The program cannot run as it is set up. “python -m bot doctor” says what to mend.
error-lists = A word list of the program cannot be read: { $fault }
error-empty = There are no words in it. Write what you need and where.
error-too-long = That is too long for me. Please say it in fewer than { $most } characters.
error-unreadable = I cannot read these characters. Please send them as UTF-8.
error-json = This line is no JSON that I can read.
error-object = This line must be one JSON object with a “text”.
error-text = “text” is missing or is no text.
error-locale = I do not write that language. I write: { $known }.
error-home = I do not know that home. Give a country or region by its ISO code, like CA or CA-ON.
error-date = That is no date. Write it like 2026-11-20.
error-where = “where” must be “dm” or “public”.
error-words = Write what you need after “ask”, or give a file with --batch.
error-file = I cannot read that file. Check its name and that you may open it.
error-directory = The directory file cannot be read. Check its name, then run “python -m bot check” on it.
error-directory-faults = The directory file has faults, so it is not used. Run “python -m bot check” on it to see them.
error-usage = I do not understand this command. “python -m bot --help” shows what there is.
error-evaluate = Give labelled questions with --questions, or messages with --messages.
error-labelled = That file holds no labelled cases: a list, each with an id and a text.
error-line = Line { $line }: { $sentence }

## The command line

cli-about = Umbrella: help by and for sex workers and their peers.
cli-operating = For whoever runs the bot: { $commands }. “python -m bot run --help” shows their options.
cli-chat = talk in the terminal
cli-ask = answer one question, or a file of them
cli-check = check files of the directory
cli-schema = print the JSON Schema of the directory
cli-evaluate = measure the answers against labelled questions
cli-words = the question
cli-locale = language of the answer: en, fr, es or zh
cli-home = country or region assumed when none is named, like CA-ON
cli-now = the day to take as today, like 2026-11-20
cli-json = answer as one line of JSON
cli-directory = the directory file to use
cli-batch = JSON Lines to answer; - reads standard input
cli-files = files to check
cli-questions = labelled questions
cli-messages = labelled messages
cli-drafts = Sentences that wait for their readers. Do not rely on them before they are read:

## Forms, one question at a time. Of the words with commas the first is shown, all are understood.

form-how = Answer here. To stop, write: { $word }.
form-optional = You can leave this open: write { $word }.
form-stop-words = stop, cancel, quit
form-skip-words = skip, -
form-stopped = Stopped. Nothing of it was kept.
form-needs-answer = This needs an answer. What you wrote is empty.
form-too-long = That is too long. Please use at most { $most } characters.
form-choose = Please answer with one of the numbers.
error-storage = I cannot keep anything right now, so nothing was kept. Questions are still answered.

## Options of commands

error-option = I do not know one of these values. Choose from the list that appears while you type.
urgent-choose = What is happening? You choose; nothing of it is kept.

## Discord

discord-reads = Discord can read what is written here. I keep none of it.
discord-reads-matrix = Discord can read what is written here; I keep none of it. On Matrix only you and I can read it: { $door }
discord-lead = This is Umbrella, answering what you asked. You can delete this message with a button below it.
discord-privately = I can answer you privately: press the button, and only you see the answer.
discord-unknown = I do not know this button or form any more. Please start again with a command.
discord-not-here = The administrators of this server do not use this command here.
discord-admins-only = Only administrators of this server can change this.
discord-server-only = This works in a server only.
discord-ask-title = Ask
discord-ask-label = What do you need, and where?
discord-ask-hint = legal help in Montréal, in Spanish
discord-choose = Choose
discord-remembered = I remember this language for you until you take it back.
discord-forgotten = I have forgotten your language. Nothing else was kept.
discord-language-kept = I remember this language for you: { $language }.
discord-setup-title = Settings for this server
discord-setup-language = Language of my public lines here
discord-setup-any = The language of each person
discord-setup-commands = Commands in use here
discord-setup-words = Words I do not begin a message with
discord-setup-home = Country or region assumed, like CA-ON
discord-setup-done = The settings of this server are changed.
do-privately = Answer me privately
do-hide = Hide this
do-remember = Remember this language
do-forget = Forget my language
help-discord = With a slash you find my commands. You can also write to me in a direct message.
privacy-discord-sees = Discord can read what is written here, and keeps it as its own rules say. I cannot change that.
privacy-discord-others = In a server only you see my answers. Discord shows others nothing of your command.
privacy-discord-once = So that nothing is answered twice, a keyed hash of each direct message is kept for 14 days. It says nothing to anybody.
privacy-discord-memory = For 30 minutes I know which choices you saw last. After that, or when I restart, I do not.
privacy-discord-language = A language is remembered only if you ask for it, and forgotten as soon as you say so.

## Vetting: suggesting, following up, reporting, reviewing

command-suggest = suggest, suggest a resource, propose
command-case = case, my case
command-report = report, report an entry
suggest-title = Suggest
suggest-intro = Tell me about a group, a service, a guide or a tip. Only the first question needs an answer. Please leave out private people's names, numbers and addresses.
suggest-ask-what = What is it? A link, a name, or words
suggest-ask-place = Where is it, or for which place?
suggest-ask-topics = What does it help with?
suggest-ask-why = Why is it good to know?
suggest-ask-known = Led by sex workers? How do you know?
suggest-short-what = What
suggest-short-place = Where
suggest-short-topics = Helps with
suggest-short-why = Why
suggest-short-known = Led by, and how known
suggest-preview = This is what moderators will see
suggest-ready = Nobody gets it before you send it, and a draft is forgotten after 30 minutes. Nobody sees who it came from.
suggest-personal = What stands between ⟦ and ⟧ looks like it belongs to a private person. I do not keep it like this. Please change it, or say that it is the service's own public contact.
words-personal = What stands between ⟦ and ⟧ looks like it belongs to a private person, so nothing was kept. Please write it again without that, or say that it is the service's own public contact.
suggest-over = This preview is over, and nothing of it was kept. Please begin again.
suggest-empty = I need a few words, or a link.
suggest-too-long = That is too long for one suggestion, so nothing was kept. Please shorten it.
suggest-kept = Thank you. Moderators will look at it; nothing is public before. This is your code:
suggest-code = Write it down: only this code shows what became of it, takes a question, and takes it back. I do not know it myself.
quota-person = You have handed in a lot just now. Nothing was kept this time. Please try again later.
quota-all = Many people are handing something in right now. Nothing was kept this time. Please try again in an hour.
quota-full = The moderators have as much as they can look at. Nothing was kept this time. Please try again in a few days.
quota-blocked = I take nothing from you for now, because of something handed in before. This ends by itself after 90 days. Nothing was kept. Questions are answered as ever.
vetting-nobody = Nobody moderates here yet, so I cannot take anything in. Nothing was kept.
vetting-privately = Let us do this in private: write to me in a direct message. I keep nothing of what was said here.
vetting-moderators-only = Only moderators of this community can do this.
vetting-not-proven = I cannot be sure that this came from you: use a device that the operator's file names.
vetting-not-here = This can be done in the review room or in private with me, not here.
said-long-ago = You said this more than an hour ago, and others may have decided since. Nothing was done. If you still want it, say it again.
do-still = I still want it
setup-administrators-only = This needs a moderator of the community who also administers this room or server; on Matrix the room is encrypted.
setup-filed = The operator's file says where this community meets here; it is changed there.
setup-choose = I can show here what waits for moderators. Whoever reads here then reads it too, so choose a room for moderators alone.
setup-is = This is the review room of { $community }: what waits for moderators comes here.
setup-left = This is no review room any more. Nothing new comes here.
do-setup-join = Review room of { $community }
do-setup-leave = No review room any more
case-title = Your case
case-ask-code = The code you were given
case-no-code = That is no code. A code has four groups of four letters and digits.
case-unknown = I know no case with this code. It may be over: what is closed is forgotten after 30 days.
case-state-pending = It waits for the moderators.
case-state-approved = It was accepted. Thank you.
case-state-rejected = It was not accepted. Thank you all the same.
case-state-withdrawn = It was taken back. Nothing of its text is left.
case-state-expired = Nobody decided in 90 days, so it was erased. You can send it again.
case-question = A moderator asks: { $words }
case-answered = You have answered. You can answer anew.
case-ask-answer = Your answer, without anything about yourself
case-ask-public = Is a number or name in it public?
public-no = No, there is none
public-yes = Yes, the service's own public contact
case-answer-kept = Thank you. The moderators see your answer, and not who you are.
case-no-question = Nobody has asked anything.
case-withdrawn = It is taken back. Nothing of its text is left here.
case-cannot-tell = I cannot write to you at this door. Your code shows what became of it.
case-tell-yes = I will write to you once when it is decided or a question is asked. Until then I keep where, encrypted, at most 30 days.
case-tell-no = I will not write to you, and have erased where.
case-news = There is news for you here. Your code shows it.
report-title = Something is wrong
report-intro = This is about a wrong entry in my directory. If something happened to you, just tell me in your own words instead.
report-ask-record = Which entry is it? Its name
report-no-record = I know no entry of that name.
report-why = What is wrong with { $name }?
report-which-line = Which of these is wrong?
report-ask-words = What should moderators know? You may leave it open
problem-wrong-contact = A contact is wrong
problem-closed = It is closed
problem-harmful = It does harm
problem-names-me = It names me or somebody private
problem-other = Something else
reason-not-fitting = It does not fit what this directory is for.
reason-double = It is already there.
reason-personal = It holds things about a private person.
reason-unclear = It could not be understood or found.
reason-wrong = What it says is not right.
reason-advert = It is an advert or a workplace.
reason-out-of-date = It is too old.
reason-no-fault = No fault was found.
do-report = Something is wrong here
do-report-one = Report: { $name }
do-edit-words = Change it
do-stop = Do not send
do-public-contact = It is the service's own public contact
do-send = Send it
do-case = See my case
do-tell = Tell me when it is decided
do-tell-not = Do not tell me
do-answer = Answer
do-withdraw = Take it back
word-approve = approve, yes
word-reject = reject, no
word-ask = ask
word-edit = edit
word-take = take
word-tie = tie
word-check = check
word-hide = hide
word-show = show
word-review = review, queue
review-title = { $code } · { $kind ->
    [report] report
    [show] show again
   *[suggestion] suggestion
  }{ $urgent ->
    [yes] {" · urgent"}
   *[no] {""}
  }: { $about }
review-line = { $what } · since { $day } · approved by { $approvals }
review-day = Handed in on { $day }
review-about-line = About: { $line }
review-missing = Still missing: { $fields }
review-flags = Flagged: { $flags }
review-public-contact = Whoever sent it says: the contact is the service's own and public. Please check.
review-doubles = May be the same as: { $ids }
review-link-warn = Look at this address before pressing: { $url }
review-link-refuse = Not to be opened: { $url }
review-version = Version { $version }
review-approved-by = Approved: { $name }{ $old ->
    [yes] {" (an earlier version)"}
   *[no] {""}
  }
review-rejected-by = Rejected: { $name }{ $old ->
    [yes] {" (an earlier version)"}
   *[no] {""}
  }. { $reason }
review-tie-said = { $name } has a tie with it and does not decide.
review-taken = { $name } looks after it.
review-check-said = Checked: { $method }, { $day }
review-question = Asked: { $words }
review-answer = Answer: { $words }
review-no-answer = No answer yet.
review-closed = { $code }: { $state ->
    [approved] accepted
    [rejected] not accepted
    [withdrawn] taken back
   *[expired] expired
  }. Its text is erased.
review-already = This is already closed: { $state ->
    [approved] accepted
    [rejected] not accepted
    [withdrawn] taken back
   *[expired] expired
  }. Nothing was changed.
review-digest = Waiting here: { $count }, urgent: { $urgent }, the oldest for { $days } days. Write “review” to see them.
review-nothing = Nothing waits.
review-waiting = Waiting: { $count }. The first { $shown }:
review-approved = { $code } is accepted and public.
review-counted = Your yes to { $code } counts. One more moderator is needed.
review-why = Why is { $code } not accepted?
review-block-why = Why should nothing more be taken from whoever sent this? Nobody learns who it is; it ends after 90 days.
review-blocked = Nothing more is taken from whoever sent { $code }, for 90 days. The case itself still waits.
review-unblocked = Whoever sent { $code } can hand something in again.
review-not-blocked = Nobody is blocked because of that case.
review-nobody-to-block = I know nothing of who sent this: it came from a terminal or a file.
block-threats = Threats or insults
block-flood = Far too many
block-advert = Adverts
review-rejected = { $code } is not accepted. Its text is erased.
review-third = Your no to { $code } counts. Somebody approved it, so a third moderator decides.
review-ask-question = Your question
review-ask-how = Whoever sent it sees the question with their code. Please ask nothing about who they are, where they work or how to reach them.
review-asks-who = This seems to ask who somebody is. Whoever sent it stays unknown here, and need not answer such a question. Nothing was sent yet.
review-question-length = A question has 1 to 1000 characters.
review-asked = The question of { $code } waits for whoever has the code.
review-edited = { $code } has a new version. Everybody decides about it anew.
review-field-name = Name
review-field-description = What it offers, by language (en: …)
review-field-contact = Contact (url: …, phone: …)
review-field-facts = Kind, place, topics, for whom
review-field-sources = Sources: address, then what it shows
review-took = You look after { $code }.
review-tie-kept = Your tie with { $code } is noted. Your word does not count for it.
review-how-checked = How did you check { $code } today?
review-check-kept = The check of { $code } is noted.
review-check-day = A check cannot lie in the future.
review-hidden = It is hidden at once. Showing it again needs two moderators.
review-show-asked = { $code }: you have said yes to showing it again. Another moderator is needed.
review-incomplete = It is no whole entry yet. Please edit it first:
review-wrong-fields = These fields are missing or not right yet: { $fields }.
review-needs-call = The number of a helpline needs a call or a message within the last 7 days. Note it with “check”.
review-own = This came from you, so others decide about it.
review-tied = You have a tie with this, so others decide about it.
review-changed = It was changed meanwhile. Please look at it again before you decide.
review-edit-first = Nothing is changed yet. Edit the entry, hide it, or reject the report.
review-nothing-to-edit = There is nothing to edit here.
review-nothing-to-hide = There is no published entry to hide here.
review-id-taken = There is an entry with this id already. Give it another id, or reject it as a double.
review-not-hidden = This entry is not hidden.
review-cut = Some texts are cut here.
do-see-all = See all of it
review-no-record = There is no such entry.
review-no-case = There is no such case among yours.
do-approve = Approve
do-reject = Reject
do-block = Take nothing more from whoever sent it
do-unblock = Take from them again
do-ask-back = Ask
do-send-anyway = Send it all the same
do-ask-otherwise = Ask in other words
do-edit = Edit
do-check = Mark a check
do-hide-record = Hide the entry
do-take = Take over
do-tie = I have a tie
cli-suggest = suggest a resource; moderators look before anybody sees it
cli-case = see, answer or take back what you handed in
form-keep = To leave it like this, write: { $word }.
privacy-suggest = A suggestion or report is kept encrypted until it is decided, 90 days at most, and never with who sent it: a keyed hash keeps you from deciding about your own, and goes with the decision. Your code is kept as a keyed hash until 30 days later; how many came lately, as a keyed hash for 7 days. If moderators block you, that stays as a keyed hash for 90 days at most.

## Matrix

matrix-no-key = I cannot read this message: its key did not reach me. Please send it once more.
matrix-only-text = I can only read text. Please write what you need and where.
matrix-verify = I am a program and cannot compare emoji. Whoever runs me can show you the fingerprint of my identity.
matrix-in-private = I have answered you in our direct chat.
matrix-erased = I have taken back my messages of the last day here. What you wrote stays until you delete it, and phones and servers may keep copies.
matrix-erase-words = leave no trace, erase, delete your messages
matrix-public-words = here, public, publicly
privacy-matrix-waits = A message waits on my disk, still encrypted, until it is answered, for 24 hours at most.
privacy-matrix-marks = For 14 days I keep a code for each message I answered, so that none is answered twice. It does not say what was said or by whom.
privacy-matrix-devices = I keep the keys of your devices while we share a room. The encryption needs them.
privacy-matrix-memory = The language you choose and the last choices shown are in memory for 30 minutes.
privacy-matrix-servers = Servers see who writes to whom, and when. Our messages stay in this chat until they are deleted: write “{ $erase }” and I take mine back.
privacy-own = What I keep because you asked for it:
privacy-own-none = You asked me to keep nothing for you.
privacy-own-reminder = A reminder: { $event }
privacy-own-told = Suggestions or reports whose end I am to tell you: { $count }
privacy-erased = It is erased. I remind you of nothing and tell you nothing unasked.
do-erase-own = Erase all that I asked for

## What moderators do about the directory

check-title = Note a check
check-ask-record = Which record did you look at? Its name or id.
check-ask-method = How did you look?
check-ask-outcome = What did you find?
check-ask-date = On which day, if not today? Like 2026-03-31.
check-choose-ok = All is right
check-choose-changed = Something has changed
check-choose-failed = I reached nobody
check-no-record = I know no record by that name or id.
check-how = Say how you looked: { $methods }. Then what you found: ok, changed or failed.
check-date = A day looks like 2026-03-31, and it is not in the future.
check-helpline = A line is checked when somebody there answers: { $methods }.
check-noted = Noted: { $name }, { $date }, { $method }.
check-outcome-changed = Suggest what has changed as a correction, so that it can be approved.
check-outcome-failed = It counts as not checked. If its contact may do harm, hide it until somebody knows more.
do-note-check = I checked { $name }
due-title = To be checked this week
due-how = Look, then note it with “check”, the id and how you looked. A line is checked by calling or writing.
due-line = { $name } ({ $id }): { $freshness }
due-soon = { $name } ({ $id }): { $freshness }, check due within a week
due-urgent = Urgent: { $line }
due-more = And { $count } more.
history-title = Who did what
history-none = I know of nothing done there in the last 24 months.
history-line = { $day }, { $by }: { $action } ({ $item })
history-how = { $action }, { $how }
act-put = published
act-hide = hid it
act-show = showed it again
act-check = checked
act-hide-contact = hid a contact line
act-show-contact = showed a contact line again
act-remove = took it out
act-event-change = changed an event
act-event-submit = handed an event on
act-event-approve = approved an event
act-event-back = sent an event back
act-event-withdraw = took an event back
act-campaign-export = agreed that the organizer gets the list
act-signature-confirm = confirmed a signature
act-signature-decline = declined a signature
act-approve = approved
act-reject = rejected
act-edit = edited
act-ask = asked back
act-take = took it over
act-tie = declared a tie
act-block = blocked the sender
act-unblock = lifted a block
act-uncertain-arrived = said that a message arrived
act-uncertain-again = had a message sent again
act-announce-submit = handed an announcement on
act-announce-approve = approved an announcement
act-announce-correct = corrected an announcement
act-announce-back = sent an announcement back
act-announce-retract = took an announcement back
act-setup-join = made a room its review room
act-setup-leave = took a review room away
need-title = Asked for and not there
need-none = Nothing was asked for and missing five times or more.
need-line = { $month }, { $place }: { $topic }, { $count } times

## Messages that may or may not have arrived

uncertain-what = I do not know whether one message arrived. It belongs to: { $cause }.
uncertain-where = The room, on { $platform }: { $room }
uncertain-how = Please look there, then choose. I do not send it again by myself.
uncertain-arrived = Noted: it arrived.
uncertain-again = I send it again.
uncertain-settled = Somebody has settled this already.
do-uncertain-arrived = It arrived
do-uncertain-again = Send it again

## Screening of suggestions

error-url = “url” must be text.
cli-screen = mark what a moderator should look at in suggestions
cli-screen-batch = suggestions as JSON Lines; - reads standard input

## Announcements

command-announce = announce
command-subscribe = subscribe
command-campaign = campaign, campaigns
announce-list = Announcements under way: { $count }.
announce-title = Announcement
announce-text = What is to be said
announce-topic = Topic, or open for all rooms
announce-place = Place, or open for all rooms
announce-at = Not before, like 2026-12-17 09:00; open: now
announce-until = Not after, like 2026-12-18 18:00; may stay open
announce-at-once = at once
announce-when = Goes out: { $at }, on the clock of each room, after its quiet hours. Not after: { $until }. Topic: { $topic }. Place: { $place }.
announce-card = Announcement { $code }, written by { $by }. It goes out when enough moderators stand for it.
announce-alone = One moderator is enough here: nobody else reads it before it goes out.
announce-missing = Not written yet: { $languages }. Rooms that read these hear it in { $instead }.
announce-paragraph-missing = (this part is not there)
announce-long = It is long. Open it to read all of it; then you can stand for it.
announce-on-discord = On Discord it is one message. Links stand behind their words and show no preview of their page. A correction takes its place without a new notification. In an announcement channel it is handed on to the channels that follow, about ten an hour.
announce-on-matrix = On Matrix it is one message that notifies people as they have set it for the room. Words with a link can be pressed; where text is shown without form, the link stands behind them. A correction takes its place, and apps show the earlier words on request; taken back, an empty line stays.
announce-plain = With its links written out, it reads:
do-look-as-read = As rooms read it: { $language }
announce-corrected = (This text was corrected.)
announce-over = (This is over.)
announce-late = (This comes late: it was to be said at { $at }.)
announce-correct-title = Write it anew
announce-retract-sure = Every copy is deleted, in all rooms. This cannot be undone.
announce-state-draft = a draft
announce-state-waiting = waits for another moderator
announce-state-published = published
announce-state-correcting = published; a correction waits for another moderator
announce-state-retracted = taken back
announce-progress = Sent: { $sent }. Waiting: { $waiting }. Failed: { $failed }. Not known: { $uncertain }. Too late or cancelled: { $cancelled }.
announce-handing-on = Of those sent, waiting to be handed on to the channels that follow: { $count }.
announce-overdue = Late by more than 15 minutes, sent or waiting: { $count }.
announce-nowhere = I know of no copy: no room wants it, or it was said more than 90 days ago and I no longer know where.
announce-progress-change = Changes of the copies, corrections and that it is over. { $progress }
announce-progress-withdraw = Copies taken back. { $progress }
announce-unknown = I do not know this announcement.
announce-not-draft = This one is no draft any more.
announce-not-published = This one was not published yet.
announce-held = It cannot go out like this. Mend what is listed below the text first.
announce-correct-held = It cannot go out like this, and nothing was kept of it. This is what is wrong, and what you wrote:
announce-decided = Somebody has decided this already.
announce-other-version = The text was changed since. Please look at it again.
announce-same = You stand for it already. Another moderator has to read it.
announce-day-said = Another community here says this day already, and every room would hear it twice.
failed-no-room = the room is gone
failed-no-permission = I may not write there
failed-not-encrypted = the room is not encrypted
failed-too-long = too long for the platform
failed-no-message = the message is gone
failed-gave-up = not reached for a week
failed-full = the calendar is full
failed-closed = takes no messages
failed-other = another reason
lint-empty = { $language }: there is no text.
lint-hole = { $language }: something was not filled in: { $place }
lint-link-text = { $language }: a link has no words: { $place }
lint-link = { $language }: this is no link that works: { $place }
lint-unknown-link = { $language }: the directory does not know this link: { $place }
lint-word = { $language }: a word we do not use: { $place }
lint-shout = { $language }: an exclamation mark: { $place }
lint-too-long = { $language }: too long for one message.
do-write-announcement = Write one
do-submit-announcement = Hand it on
do-approve-announcement = I stand for it
do-send-back = Not like this
do-correct = Correct it
do-retract = Take it back
do-retract-sure = Delete every copy
do-look-again = Look again
schedule-zone = I do not know this time zone. It is written like America/Toronto.
schedule-when = Please write the hour like 2026-12-17 09:00.
schedule-quiet = Please write quiet hours like 22-8, or - for none.
schedule-past = This hour is over everywhere.
schedule-far = This is more than 400 days away.
schedule-until = It ends before it begins.
schedule-until-late = It can end 89 days after it goes out at the latest: so long I know where its copies are.
schedule-skipped = The clock is set ahead then and never shows this hour: it counts as { $counts } ({ $zone }).
schedule-twice = The clock is set back then and shows this hour twice: the first one counts ({ $zone }).
announce-is-over = Its end is past. What was said stays and says so; nothing more of it goes out.

## Rooms that want to hear

subscribe-title = What this room hears
subscribe-topics = Topics, with commas; open for all
subscribe-places = Places, with commas; open for all
subscribe-language = Language
subscribe-zone = Time zone, like America/Toronto
subscribe-quiet = Quiet hours, like 22-8, or -
subscribe-keepers-only = Only who keeps this room decides what it hears.
subscribe-is = This room hears announcements.
subscribe-is-topics = Topics: { $topics }
subscribe-is-places = Places: { $places }
subscribe-is-language = Language: { $language }
subscribe-is-hours = Time zone: { $zone }. Quiet hours: { $quiet }.
subscribe-digest-on = What is new and newly checked comes once a week.
subscribe-digest-off = No weekly list.
subscribe-calendar-on = Events go into the calendar of this server, if I may make events there. None for peers only.
subscribe-calendar-off = Events do not go into the calendar of this server. What is there stays until it is over, and is kept right.
subscribe-stopped = This room hears nothing any more. What it had set is erased.
subscribe-stopped-calendar = This room hears nothing any more. What it had set is erased, and no more events go into the calendar of this server. What is there stays until it is over, and is kept right.
do-change = Change
do-digest-on = Weekly list
do-digest-off = No weekly list
do-calendar-on = Events into the calendar here
do-calendar-off = No events into the calendar
do-unsubscribe = Hear nothing more

## Campaigns

campaign-none = No campaign can be signed at the moment.
campaign-list = These campaigns can be read and signed.
campaign-unknown = I do not know this campaign.
campaign-changed = The text was changed since. Please read it again.
campaign-named-early = { $name } (opens { $day })
campaign-early = This campaign is not open yet. It opens on { $day }; until then it can be read, and not signed.
campaign-closed = This campaign is over. It can no longer be signed.
campaign-calls = What it calls for, in its own words:
campaign-own-form = The organizer's own form:
campaign-promise = You can also sign here. Nothing is filled in for you. A name you use at work is fine. I ask for no phone number, no address and no account. What you give is kept encrypted, goes to the organizer only if two moderators say so, and you can take it back.
campaign-count-person = People: { $count }
campaign-count-organization = Organizations: { $count }
campaign-count-supporter = Anonymous supporters: { $count }
campaign-title = Sign
campaign-name-person = The name to sign with; any name you use
campaign-name-organization = The name of the organization
campaign-region = Region, may stay open
campaign-preview = This, and nothing else, is kept. Nothing is kept until you press.
campaign-as-person = As a person
campaign-as-organization = As an organization
campaign-as-supporter = As an anonymous supporter
campaign-given-name = Name: { $words }
campaign-given-region = Region: { $words }. It is shown only together with four others or more.
campaign-draft-over = The time for this is over. Nothing was kept. Please begin again.
campaign-signed = Thank you. You signed. This is your code:
campaign-code = Keep the code. With it, and only with it, you can take your signature back. I show it once.
campaign-pending = A moderator asks the organization first. Until then it is not counted.
campaign-news-title = Hear from the organizer
campaign-news-how = How they may write to you. Leave open: not at all
campaign-news-kept = The organizer may write to you that way. With your code you can change it.
campaign-news-off = The organizer does not write to you.
campaign-withdraw-title = Take back
campaign-withdrawn = Your signature is erased.
campaign-no-signature = I know no signature with this code.
campaign-organization = { $name } signed “{ $campaign }” as an organization. Please ask them in a way you know, then choose.
campaign-nothing-pending = No organization waits.
campaign-confirmed = Noted.
campaign-export = Noted. When another moderator says the same within a week, whoever runs the bot can write the list with: python -m bot signatures { $campaign }
do-sign-person = Sign as a person
do-sign-organization = Sign as an organization
do-sign-supporter = Sign without a name
do-sign = Sign
do-back = Back
do-hear-news = Hear from the organizer
do-withdraw-signature = Take my signature back
do-change-news = Hear from the organizer, or no longer
do-confirm-organization = They signed
do-decline-organization = They did not sign
do-see-organizations = Organizations that wait
do-hand-over = The organizer may have the list

## Days and events

days-proposed = { $name } begins on { $day }. A draft is ready in every language. It goes out only if moderators hand it on.
do-look-draft = Look at the draft
command-events = events, event
events-days = Days that are coming:
events-coming = Events:
events-none = I know of no event here that is coming.
events-title = Events
events-topic = Topic, or open for all
events-place = Place, or open for everywhere
event-list = Events here: { $count }.
event-title = Event
event-name = What it is called
event-starts = Begins, like 2026-12-17 18:00; open: no date yet
event-ends = Ends, like 21:00; open: two hours later
event-place = Place, or open for online
event-organizer-field = Organizer, by its name in the directory
event-address = Address or link; may stay open
event-topics = Topics, with commas; may stay open
event-audience = For whom
event-parts = Parts, one a line, like 18:30 Opening
event-for-everyone = For everyone
event-for-peers = For peers; no address is shown
event-where = Where: { $place }. Address: { $address }
event-online = online
event-organizer = Organizer: { $name }
event-ask-address = The organizer tells peers where it is.
event-card = Event { $code }, handed on by { $by }. It is shown when enough moderators stand for it.
event-calendars = Calendars of servers: { $progress }
event-withdraw-sure = Nobody is shown this event any more. This cannot be undone.
event-gone = I know no such event. It may be over.
event-no-date = An event needs a date before it can be published.
event-no-organizer = An event needs an organizer that the directory knows.
event-long = An event lasts 31 days at most.
event-sessions = Please write one part a line, 20 at most, like 18:30 Opening, and give the event a date first.
event-parts-outside = A part lies outside the hours of the event. Please bring its parts up to its hours.
do-choose-events = By topic or place
do-hold-events = Events to work on
do-write-event = Write an event
do-write-when = Name, hours, place
do-write-who = Organizer, address, parts
do-show-organizer = The organizer
calendar-neutral = Date
digest-title = New in the directory and newly checked, in the last week:
digest-new = New:
digest-checked = Newly checked:
digest-more = … and { $count } more

## Words of moderators (handlers/asked.py, handlers/help.py)
word-history = history
word-need = need
word-setup = setup
help-moderating = As a moderator you can also type: { $review }; { $check } with a record and how you looked; { $history } with a record or a case; { $need }; { $announce }; { $subscribe }; { $setup } in the room where moderators shall meet.
event-reminder = You asked to be reminded: { $at }.
event-remind-kept = I write to you here once, before it begins. What I keep for that is erased then.
event-remind-late = This reminder can be asked for in the last 30 days, and not later than it would come.
event-remind-stopped = I keep no reminder of it for you.
do-remind-day = Remind me a day before
do-remind-hours = Remind me two hours before
do-remind-stop = No reminder
do-show-event = What it is
