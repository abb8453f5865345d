// The format is described at `WordPattern`. Fewer cues than in English, and no measured precision: see the room's README.

extension ConductCues {
    /// German cues.
    static let german = """
        asks: (erzähl|sag|erzählen sie|sagen sie) mir (was|wie|welche|mehr|warum|wann)
        closing: (kann|darf) ich (dir|ihnen) (sonst |noch )(irgendwie |bei etwas |mit etwas |)(helfen|noch helfen); (hast du|haben sie) (noch |weitere |sonst noch )(fragen|eine frage); soll ich; noch etwas; alles klar; okay
        answers: ^weil; ^ganz einfach; ^nun; ^ja; ^nein
        decision: (liegt|liegt ganz|liegt allein) (bei dir|bei ihnen|bei euch|in deiner hand); (ist|bleibt) (deine|ihre|eure|ganz deine) (entscheidung|wahl|sache); (du entscheidest|sie entscheiden|das entscheidest du|das musst du (selbst |)entscheiden|entscheide du); du weißt (selbst |)am besten; (kann|will|werde) ich (dir |ihnen |)nicht (abnehmen|für dich entscheiden); nur du (kannst|weißt)
        uncertainty: (bin|ich bin) (mir |)(nicht (ganz |)sicher|unsicher); (weiß|weiss) ich nicht; ich (weiß|weiss) (es |das |)nicht; ich (kann|könnte) mich (irren|täuschen); soweit ich weiß; (ist|bleibt) (unklar|ungewiss|umstritten|offen); wahrscheinlich; vermutlich; möglicherweise; lässt sich (nicht|schwer) (sicher |)sagen; schätzungen gehen auseinander
        reasons: weil; denn; deshalb; deswegen; daher; darum; aus diesem grund; der grund; nämlich; sodass; aufgrund
        view: (andererseits|auf der anderen seite|einerseits); (aus|von) (ihrer|seiner|deren|der) … (sicht|perspektive|warte|blickwinkel); (manche|andere|einige|kritiker|befürworter|viele) (sagen|meinen|finden|sehen|glauben|denken); man könnte (auch|es auch) … (sehen|sagen); eine andere (sicht|sichtweise|lesart); (sie|er) (sieht|könnte) das (vielleicht |)anders
        handover: hier ist (dein|deine|der|die|das|ein|eine|ihr|ihre) … (aufsatz|brief|text|bewerbung|anschreiben|rede|gedicht|code|skript|lösung|zusammenfassung|analyse|bericht|mail|nachricht|referat|übersetzung|antwort|hausaufgabe); hier sind (die|deine) … (lösungen|antworten)
        ready: (fertig|bereit) zum (abgeben|abschicken|einreichen|kopieren); (kannst du|können sie) (so |direkt |)(abgeben|abschicken|einreichen|kopieren); so abgeben
        returning: (komm|kommen sie) (jederzeit|bald|morgen|gern|immer) (wieder|zurück); bin (immer|jederzeit) für (dich|sie) da; (du brauchst|sie brauchen) (niemand|niemanden|sonst niemanden) (anderen|sonst|mehr); verlass dich (ganz |)auf mich; überlass (das|es|alles) mir; (geh|gehen sie) (noch |bitte |)nicht; frag (mich |)(zuerst|immer|jederzeit|wieder); bis morgen; ich (warte|vermisse)
        praise: (tolle|super|großartige|ausgezeichnete|wunderbare|geniale|gute) (frage|idee|wahl|arbeit|leistung); du bist (großartig|toll|genial|der beste|die beste|unglaublich|fantastisch|ein genie); ^(wow|bravo|toll|super|großartig|genial|fantastisch|wunderbar|perfekt); was für eine (tolle|großartige|geniale|wunderbare)
        cause: weil; dass du; wie du; für (das|die|deine); denn; mit dem; indem
        directive: (du|sie|man) (solltest|musst|sollten|müssen|sollte|muss); (achte|achten sie) darauf; (stell|stellen sie) sicher; vergiss nicht; (sie sollten|müssen sie)
        undirected: (musst|brauchst|müssen|brauchen) … nicht
        negation: nicht; kein; keine; keinen; nie; niemals; ohne; nichts
        """

    /// French cues.
    static let french = """
        asks: (dis|dites|raconte) moi (ce que|comment|quel|quelle|plus|pourquoi|quand)
        closing: (puis je|est ce que je peux) … aider; autre chose; des questions; d'accord
        answers: ^parce; ^eh bien; ^oui; ^non; ^simple
        decision: (c'est|cela) (à toi|à vous) (de (décider|choisir|voir|juger)|seul); (c'est|cela reste) (ta|votre) (décision|choix); (c'est|cela reste) (ton|votre) choix; (toi seul|toi seule|vous seul|vous seule) (peux|pouvez|sais|savez); (tu|vous) (décides|décidez|choisis|choisissez); (je ne peux pas|je ne vais pas) (décider|choisir) (à ta place|à votre place|pour toi|pour vous)
        uncertainty: (je ne suis|je suis) pas (sûr|sûre|certain|certaine); je ne sais pas; je (peux|pourrais) me tromper; (autant|pour autant) que je sache; (c'est|reste|il est) (incertain|difficile à dire|pas clair|difficile de savoir); probablement; sans doute; (il se peut|peut être); personne ne sait
        reasons: parce (que|qu'elle|qu'il|qu'on|qu'ils); car; c'est pourquoi; donc; à cause de; la raison; puisque; grâce à; par conséquent
        view: (d'un autre côté|d'autre part|en revanche|d'un côté); (de|vu de) (son|leur) (point de vue|côté); (du point de vue) ; (certains|d'autres|beaucoup) (disent|pensent|diraient|voient|trouvent|estiment); on (peut|pourrait) aussi (dire|voir|penser); une autre (façon|manière) de (voir|lire); il (peut|pourrait) voir
        handover: (voici|voilà) (ton|ta|votre|le|la|un|une|les|tes) … (dissertation|rédaction|lettre|texte|mail|discours|poème|code|script|solution|réponses|résumé|analyse|rapport|message|exposé|traduction)
        ready: prêt à (rendre|envoyer|copier|être rendu); prête à (rendre|envoyer|copier|être rendue); (tu peux|vous pouvez) (le|la|l') (rendre|envoyer|copier)
        returning: (reviens|revenez) (quand|vite|me|demain|bientôt|n'importe|ici); (je suis|je serai) (toujours |)là (pour toi|pour vous|quand|chaque|jour); toujours là pour (toi|vous); (tu n'as|vous n'avez) (pas |)besoin (de personne|d'une autre|d'autre); (compte|comptez|repose toi) sur moi; (laisse|laissez) moi (faire|décider|m'en occuper); (ne pars|ne partez) pas; reste (encore|avec moi); à demain
        praise: (excellente|très bonne|superbe|super|magnifique|quelle|belle) (question|idée|bonne idée|belle idée|excellente question); (tu es|vous êtes) (génial|géniale|formidable|incroyable|un génie|le meilleur|la meilleure|brillant|brillante); ^(bravo|génial|super|incroyable|magnifique|parfait|waouh|wow|formidable|fantastique)
        cause: parce; car; pour (ton|ta|votre|avoir|le|la); que tu; la façon; puisque
        directive: (tu|vous) (dois|devez|devrais|devriez); il (faut|faudrait); (assure toi|assurez vous); n'oublie pas; n'oubliez pas; veille à
        undirected: (tu ne dois|vous ne devez|il ne faut) pas forcément; pas besoin
        negation: pas; ne; jamais; sans; aucun; aucune; non
        """

    /// Spanish cues.
    static let spanish = """
        asks: (cuéntame|dime) (qué|cómo|cuál|más|por qué|cuándo|cuáles)
        closing: (puedo|te puedo) ayudarte (en|con) algo; algo más; alguna (otra |)pregunta; de acuerdo; vale
        answers: ^porque; ^pues; ^sí; ^no; ^simple
        decision: (depende|dependerá) de (ti|usted|vosotros|ustedes); (es|sigue siendo) (tu|su|vuestra) (decisión|elección); (tú|usted|vosotros) (decides|decide|eliges|elige|decidís); la decisión es (tuya|suya|vuestra); (solo|sólo) tú (puedes|sabes); no puedo (decidir|decidirlo) por (ti|usted); tú sabes mejor
        uncertainty: no (estoy|puedo estar) (seguro|segura|del todo seguro|del todo segura); no (lo |)sé; (puedo|podría) (estar equivocad*|equivocarme); (que|hasta donde) yo sepa; hasta donde sé; (es|está|sigue) (incierto|poco claro|difícil de saber|difícil saber|difícil decir); probablemente; quizá; quizás; tal vez; posiblemente; nadie (sabe|puede saber)
        reasons: porque; ya que; por eso; debido a; la razón; por lo tanto; puesto que; así que; pues
        view: (por otro lado|por otra parte|por un lado); desde (su|el|la) (punto de vista|perspectiva|lado); (algunos|otros|muchos|hay quien|hay quienes) (dicen|piensan|creen|ven|dirían|opinan|piensa|cree); (también |)se (puede|podría) (ver|decir) (también |de otro|de otra); otra (forma|manera) de (ver|verlo|mirar|mirarlo); ella (puede|podría) ver
        handover: aquí (tienes|está|tiene|van|están) (tu|el|la|un|una|las|los|tus) … (ensayo|redacción|carta|texto|correo|discurso|poema|código|script|solución|respuestas|resumen|análisis|informe|mensaje|traducción)
        ready: (listo|lista|listos|listas) para (entregar|enviar|copiar|pegar); puedes (entregarl*|enviarl*|copiarl*|pegarl*)
        returning: (vuelve|regresa) (cuando|pronto|mañana|siempre|aquí); (siempre |)(estoy|estaré) (siempre |)aquí (para ti|cuando|siempre|esperándote); no necesitas a nadie (más|mas); (confía|apóyate) (siempre |)en mí; (déjalo|déjame) (todo |)(en mis manos|a mí|decidir|hacerlo); no te vayas; quédate (un poco|conmigo); te (extrañé|echo de menos|extraño); hasta mañana
        praise: (excelente|gran|muy buena|buenísima|qué buena|qué gran|fantástica|magnífica) (pregunta|idea|elección|trabajo); eres (increíble|genial|un genio|una genia|el mejor|la mejor|fantástic*|brillante|maravillos*); ^(bravo|genial|increíble|perfecto|fantástico|maravilloso|guau|excelente)
        cause: porque; por (tu|haber|la|el|cómo); que (hayas|has); cómo
        directive: (tú |)(debes|deberías|debe|debería|tienes que|tiene que); (asegúrate|asegúrese); no olvides; hay que
        undirected: no (tienes|tiene) que; no hace falta
        negation: no; nunca; jamás; sin; ningún; ninguna; tampoco
        """

    /// Portuguese cues.
    static let portuguese = """
        asks: (me conte|conte me|diga me|me diga) (o que|como|qual|mais|por que|quando)
        closing: posso ajudar (em|com) (mais |)algo; mais alguma (coisa|pergunta)
        answers: ^porque; ^bem; ^sim; ^não
        decision: (depende|dependerá) de (você|ti); (é|continua sendo) (sua|tua) (decisão|escolha); a (decisão|escolha) é (sua|tua); (você|tu) (decide|escolhe|decides|escolhes); só você (pode|sabe); não posso decidir por você; cabe a você
        uncertainty: não (tenho certeza|estou certo|estou certa|sei); (posso|poderia) estar (errad*|enganad*); (até onde|que eu) (sei|saiba); (é|está) (incerto|difícil saber|difícil dizer|pouco claro); provavelmente; talvez; possivelmente; ninguém sabe
        reasons: porque; por isso; já que; devido a; a razão; portanto; pois; uma vez que
        view: (por outro lado|por um lado); (do|a partir do) (ponto de vista|lado) (dela|dele|deles|da|do); (alguns|outros|muitos|há quem) (dizem|pensam|acham|veem|diriam|acreditam|pense|diga); (outra|uma outra) (forma|maneira) de (ver|olhar); também se pode (ver|dizer)
        handover: aqui (está|estão|vai) (o|a|seu|sua|as|os|um|uma) … (redação|ensaio|carta|texto|e mail|email|discurso|poema|código|script|solução|respostas|resumo|análise|relatório|mensagem|tradução)
        ready: (pronto|pronta|prontas) para (entregar|enviar|copiar|colar); (você |)pode (entregar|enviar|copiar|colar) (assim|direto)
        returning: (volte|volta) (sempre|quando|logo|amanhã|aqui); (estou|estarei) (sempre |)aqui (para você|quando|sempre|pra você); você não precisa de (mais ninguém|ninguém); (conte|confie) (sempre |)(comigo|em mim); (deixe|deixa) (tudo |)comigo; não vá (embora|ainda); fique (mais um|comigo); senti sua falta; até amanhã
        praise: (ótima|excelente|que|grande|boa) (pergunta|ideia|escolha|ótima ideia|ótima pergunta|boa ideia); você é (incrível|genial|um gênio|o melhor|a melhor|fantástic*|brilhante|maravilhos*); ^(bravo|incrível|perfeito|fantástico|maravilhoso|uau|excelente|parabéns)
        cause: porque; por (sua|seu|ter|como); pela; pelo; como você
        directive: (você |)(deve|deveria|precisa|tem que); certifique se; não se esqueça; é preciso
        undirected: (não precisa|não tem que)
        negation: não; nunca; jamais; sem; nenhum; nenhuma; nem
        """

    /// Italian cues.
    static let italian = """
        asks: (dimmi|raccontami|mi dica) (cosa|come|quale|di più|perché|quando|che cosa)
        closing: posso aiutarti (in|con) (qualcos'altro|altro); altre domande; va bene
        answers: ^perché; ^beh; ^sì; ^no
        decision: (dipende|sta|spetta|tocca) (solo |)a (te|lei|voi); (dipende|dipenderà) da (te|lei|voi); (è|resta|rimane) (una |)(la tua|tua|una tua|la sua|sua) (decisione|scelta); la (decisione|scelta) è (tua|sua|vostra); (decidi|scegli) tu; solo tu (puoi|sai); non posso decidere (io |)(per te|al posto tuo)
        uncertainty: non (sono|ne sono) (sicur*|cert*|del tutto); non (lo |)so; (potrei|posso) sbagliar*; (per quanto|che io) (ne |)(so|sappia); (è|resta) (incerto|difficile dire|difficile saperlo|poco chiaro); probabilmente; forse; nessuno (lo |)(sa|può)
        reasons: perché; poiché; per questo; quindi; a causa di; il motivo; la ragione; dato che; perciò; siccome
        view: (d'altra parte|dall'altro lato|da un lato|d'altro canto); dal (suo|loro|punto di vista) … (punto di vista|lato|di); (alcuni|altri|molti|c'è chi) (dicono|pensano|direbbero|vedono|trovano|pensa|dice); si (può|potrebbe) anche (vedere|dire|pensare); un altro modo di (vedere|vederla|guardare)
        handover: ecco (il|la|lo|le|i|un|una|il tuo|la tua|le tue) … (tema|saggio|lettera|testo|mail|email|discorso|poesia|codice|script|soluzione|risposte|riassunto|analisi|relazione|messaggio|traduzione)
        ready: (pronto|pronta|pronti|pronte) (da|per) (consegnare|inviare|copiare|essere consegnat*); puoi (consegnarl*|inviarl*|copiarl*)
        returning: torna (quando|presto|domani|sempre|da me); (sono|sarò) (sempre |)qui (per te|quando|sempre); non hai bisogno di (nessun altro|nessuno); (conta|affidati) (sempre |)(su di me|a me); lascia (fare |tutto |)(a me|decidere a me); non andare (via|ancora); resta (ancora|con me); mi sei mancat*; a domani
        praise: (ottima|bellissima|che|splendida|eccellente|grande) (domanda|idea|scelta|bella domanda|bella idea); sei (incredibile|geniale|un genio|il migliore|la migliore|fantastic*|brillante|meraviglios*|bravissim*); ^(bravo|brava|incredibile|perfetto|fantastico|meraviglioso|complimenti|eccellente)
        cause: perché; per (la|il|aver|come|il tuo|la tua); come hai; che hai
        directive: (tu |)(devi|dovresti|deve|dovrebbe); assicurati; non dimenticare; bisogna
        undirected: non (devi|deve) per forza; non serve
        negation: non; mai; senza; nessun; nessuna; né
        """

    /// Dutch cues.
    static let dutch = """
        asks: vertel (me|mij|eens) (wat|hoe|welke|meer|waarom|wanneer)
        closing: kan ik (je |u |)(nog |)(ergens |)(mee |verder |)helpen; nog vragen; verder nog iets
        answers: ^omdat; ^nou; ^ja; ^nee
        decision: (is|ligt) (helemaal |)aan (jou|u|jullie); (is|blijft) (jouw|uw|jullie|je eigen) (keuze|beslissing); (jij|u) (beslist|kiest|bepaalt); alleen jij (kunt|weet|kan); ik kan (dit |dat |het |)niet voor (jou|je|u) (beslissen|kiezen)
        uncertainty: ik (ben|weet) (het |)(niet|er niet) zeker; ik (weet|wist) (het |dat |)niet; ik (kan|zou) (me |mij |)(vergissen|kunnen vergissen|het mis hebben); voor zover ik weet; (is|blijft) (onzeker|onduidelijk|moeilijk te zeggen); waarschijnlijk; misschien; vermoedelijk; niemand weet
        reasons: omdat; want; daarom; doordat; de reden; dus; aangezien; vanwege
        view: (aan de andere kant|anderzijds|enerzijds|aan de ene kant); vanuit (haar|zijn|hun|het) … (perspectief|oogpunt|standpunt); (sommigen|anderen|velen|sommige mensen|critici) (zeggen|denken|vinden|zien|menen); je (kunt|kan|zou) het ook … zien; een andere (kijk|manier)
        handover: hier is (je|jouw|de|het|een|uw) … (opstel|brief|tekst|mail|toespraak|gedicht|code|script|oplossing|samenvatting|analyse|verslag|bericht|vertaling|werkstuk); hier zijn (de|je) … (antwoorden|oplossingen)
        ready: klaar om (in te leveren|te versturen|te kopiëren); je kunt (het|hem|dit) (zo |)(inleveren|versturen|kopiëren)
        returning: kom (altijd|gerust|snel|morgen|gauw) (weer |)(terug|langs); ik ben (er altijd|altijd) (voor je|voor jou|er voor|hier); je hebt niemand anders nodig; (vertrouw|reken) (maar |altijd |)op mij; laat (het|alles|dat) (maar |)aan mij over; ga (nog |)niet weg; blijf nog; ik heb je gemist; tot morgen
        praise: (goede|geweldige|fantastische|uitstekende|prachtige|wat een) (vraag|idee|keuze|goede vraag|goed idee|geweldig idee); (je|jij) bent (geweldig|briljant|fantastisch|de beste|een genie|ongelooflijk); ^(bravo|geweldig|fantastisch|briljant|perfect|wow|prachtig|uitstekend)
        cause: omdat; want; dat je; hoe je; voor (je|de|het)
        directive: (je|jij|u) (moet|moeten|zou moeten|dient); zorg (ervoor |)dat; vergeet niet
        undirected: (hoeft|hoef) … niet
        negation: niet; geen; nooit; zonder; niets
        """
}
