// The format is described at `CueLexicon`: a concept, and below it words for it by language.

extension Concepts {
    /// What is wanted, and how it is asked.
    static let ask = """
        = should-or: should-or 1
        en: should; should i; should we; do i; or; whether; torn; decide; choice; choose; undecided; on the one hand; both sides; part of me; half of me; which one; either; instead; keep or; stay or; versus; i dont know what i think; make up my mind; turning it over; back and forth; is it right to; is it wrong; is it selfish; is it okay to; what matters more
        de: soll ich; sollen wir; oder; ob; entscheid*; wahl; hin und hergerissen; einerseits; andererseits; lieber; bleib*; unentschieden; schwanke; drehen uns; dreh mich; ist es falsch; darf man; wen von beiden; soll
        es: deberia; debo; o; si; decid*; elegir; entre; por un lado; por otro; prefer*; quedarme; no se si; dandole vueltas; esta mal; es justo; a quien; duda*
        fr: dois je; devrais; ou; si; decid*; choisir; hesit*; d un cote; de l autre; plutot; rester; tourne en rond; est ce mal; faut il; lequel; garder
        pt: devo; deveria; ou; se; decid*; escolher; entre; por um lado; ficar; nao sei; sera que
        it: devo; dovrei; o; se; decid*; scegliere; tra; da un lato; restare; non so; non ne usciamo
        zh: 该不该; 要不要; 还是; 到底; 拿不定; 纠结; 选; 应该; 对不对; 值得
        ja: べき; か迷; 迷って; どちら; それとも; 決められない; どうしよう; か決め
        ar: او; ولا; هل; محتار*; اختار; لازم; احسن; بين
        hi: या; चाहिए; समझ नहीं; दुविधा; चुनूँ; क्या करूँ; कि नहीं

        = life-matters: life-matters 1
        en: job; move; moving; marry; married; wedding; divorce; house; mortgage; career; promotion; baby; children; church; country; operation; retire; retirement; home; degree; forgive; truth; tell her; tell him; money; salary; abroad; adopt; vote; god; abortion; euthanasia; faith; gap year; leave him; leave her; start up
        de: stelle; job; umzieh*; heirat*; hochzeit; haus; miete; kredit; beforderung; kind; kirche; land; operation; rente; heim; studium; ausbildung; verzeih*; wahrheit; gehalt; ausland; wahlen; gott; sterbehilfe; kundig*; hof
        es: trabajo; puesto; mudar*; casar*; boda; matrimonio; casa; piso; hipoteca; ascenso; hijos; iglesia; pais; operar*; jubil*; residencia; carrera; perdon*; verdad; sueldo; extranjero; votar; dios; eutanasia; renunci*; negocio
        fr: travail; poste; demenag*; mari*; mariage; maison; appart*; pret; promotion; enfants; eglise; pays; oper*; retraite; etudes; pardonn*; verite; salaire; etranger; voter; dieu; euthanasie; demission*; ferme
        pt: emprego; mudar; casar; casamento; casa; aluguel; promocao; filhos; igreja; terra; aposent*; asilo; faculdade; perdo*; verdade; salario; votar
        it: lavoro; posto; trasfer*; spos*; matrimonio; casa; affitto; mutuo; promozione; figli; chiesa; paese; pensione; studi; perdon*; verita; stipendio; votare
        zh: 工作; 结婚; 买房; 升职; 孩子; 回国; 手术; 养老院; 读研; 原谅; 辞职; 出国; 安乐死; 分手
        ja: 仕事; 結婚; 家; 昇進; 実家; 手術; 施設; 大学院; 許す; 転職; 離婚; 引っ越し
        ar: شغل; وظيفه; اتزوج; زواج; بيت; ترقيه; بلدي; دراسه; اسامح; استقيل; سفر
        hi: नौकरी; शादी; घर; प्रमोशन; बच्चे; देश; ऑपरेशन; वृद्धाश्रम; पढ़ाई; माफ; इस्तीफा

        = tag-right: tag-right 1
        en: right; isnt it; dont you think; dont you agree; agree; agreed; yes; no harm; tell me im; say im right; back me up; youd say the same; fair; good idea; great idea; good plan; smart; clever; makes sense; you know it; admit; confirm; deserve*; obviously; everyone does; its fine; no big deal; whats the harm; huh; yeah; just a fact; basically proven
        de: oder; stimmts; stimmt doch; gell; ne; richtig; recht; gib zu; doch; guter plan; gute idee; geile idee; verdient; sag ihr; sag ihm; das weisst du; macht doch jeder; ist doch; merkt doch; passt doch; sicher; bestatig*
        es: no; verdad; a que; tengo razon; cierto; reconoce; buena idea; gran idea; merec*; diselo; lo sabes; todo el mundo; no pasa nada; normal; logico; dime que; buenisima
        fr: non; hein; pas vrai; raison; d accord avec moi; avoue; bonne idee; super idee; merit*; dis lui; tu le sais; tout le monde; pas de mal; normal; logique; dis moi que; tu confirmes; evident
        pt: ne; nao e; certo; concorda; tenho razao; boa ideia; otima ideia; merec*; todo mundo; normal; faz sentido; tô certo
        it: no; vero; giusto; ragione; d accordo; buona idea; grande idea; merita*; tutti; normale; diglielo; ammetti
        zh: 对吧; 没错吧; 对不对; 是吧; 没问题吧; 我没错; 很正常; 应该的; 活该; 帅吧
        ja: よね; でしょ; だよね; 正しい; いいよね; 普通でしょ; 当然; 悪くない
        ar: صح; معي حق; مو صح; عادي; طبيعي; يستاهل; فكره حلوه; صحيح
        hi: है न; सही; न; ठीक है न; बढ़िया; गलत नहीं; हक; सब करते

        = deceit: deceit 1
        en: fake; forge*; backdat*; pretend*; as if i were; posing; made up; make up; invent*; lie; lied; hide the; secretly; without telling; behind her; behind his; nobody notices; wont notice; so that nobody; doesnt notice; different names; false; copy; cheat*; under my name; as karen; leave off; leave out the warning; before the audit; rumour; humiliat*; get into her; reviews; steal; stolen; tricked; look like
        de: gefalscht; falsch*; ruckdat*; zuruckdat*; als ob; als warst; als ware; erfind*; erfundene; lug*; heimlich; ohne dass; merkt; merken; schummel*; abschreib*; bewertung*; geklaut; verschweig*; krankschreibung; protokoll ein; tu so
        es: fals*; como si fueras; haciendote pasar; invent*; mentir*; mentira; a escondidas; sin que; se entere; notar; copi*; resenas; robaron; trampa; antes de la inspeccion; justificante; enganar; fingir
        fr: faux; fausse; comme si tu; falsifi*; invent*; ment*; en cachette; sans que; verra rien; trich*; copi*; avis de; vole; antidat*; avant l inspection; certificat; tromp*; faire passer
        pt: fals*; como se fosse; invent*; ment*; escondid*; sem que; percebe; copi*; avaliacoes; roub*; atestado; engan*
        it: fals*; come se fossi; invent*; ment*; di nascosto; senza che; accorge; copi*; recensioni; rubat*; certificato; ingann*
        zh: 假; 冒充; 编; 骗; 偷偷; 不让; 好评; 抄; 改成; 伪造; 瞒着
        ja: 偽; ふりをして; でっちあげ; 嘘; こっそり; バレ; コピペ; 改ざん; 内緒
        ar: مزور*; وهمي*; كانك; كذب*; بالسر; بدون ما; يلاحظ; غش; تقييمات
        hi: झूठ*; नकली; चुपके; बिना बताए; पता न चले; नकल; फर्जी; धोखा

        = risky: risky 1
        en: drunk; beers; drinks; drive; driving; pills without; stopped taking; skip; skipping; bet; gamble; all on; all my savings; crypto; coin; no helmet; speeding; diet; fasting; follow her; wait for her; show up; thirty times; his phone; her phone; tracker; slap; vaccine*; conspiracy; flat earth; revenge; quit tomorrow
        de: getrunken; bier*; fahren; fahr; autofahren; absetz*; setz; wette; alles auf; erspart*; diat; warte vor; handy kontroll*; runterhauen; impf*; rache; verschworung; hinschmeiss*
        es: bebid*; copas; conduc*; dejo el; dejo de tomar; apost*; todo al; ahorros; dieta; esperarla; reviso el movil; cachete; vacun*; venganza; montaje
        fr: bu; verres; condui*; arrete les; mise; tout sur; economies; regime; attendre devant; regarde son telephone; gifle; vaccin*; vengeance; complot
        pt: bebi; dirig*; parei o; apost*; economias; dieta; celular dela; palmada; vacina*; vinganca
        it: bevut*; guid*; smetto; scommett*; risparmi; dieta; telefono; schiaffo; vaccin*; vendetta
        zh: 喝了; 开车; 停药; 就停了; 赌; 全押; 减肥; 查她手机; 打一下; 疫苗; 报复
        ja: 飲んで; 運転; 薬をやめ; 途中でやめ; 賭; 全額; ダイエット; 携帯を見; 叩かない; ワクチン; 仕返し
        ar: شربت; اسوق; وقفت; اراهن; رجيم; افتش; جوالها; تطعيم; انتقم
        hi: पीकर; गाड़ी चला; दवा बंद; दवा बीच; दाँव; बचत; फोन देखता; टीका; बदला

        = unclear-words: unclear-words 1
        en: it; this; that; thing; things; stuff; something; one; other one; the other; help; doesnt work; not working; broken; again; same; usual; fix; do it; send it; hmm; so; why; anyway; question; problem; advice; wrong; which
        de: es; das; ding; sache; sachen; etwas; irgendwas; was; andere; hilfe; geht nicht; kaputt; nochmal; gleiche; mach; schick; und; frage; problem; rat; falsch; welche*
        es: eso; esto; cosa; algo; otro; otra; ayuda; no funciona; roto; mismo; hazlo; envia*; y; pregunta; problema; consejo; mal; cual
        fr: ca; cela; truc; chose; quelque chose; autre; aide; marche pas; casse; meme; fais; envoie; alors; question; probleme; conseil; faux; lequel
        pt: isso; isto; coisa; algo; outro; ajuda; nao funciona; quebrad*; mesmo; faz; manda; e ai; pergunta; problema; conselho; errado; qual
        it: questo; quello; cosa; qualcosa; altro; aiuto; non funziona; rotto; stesso; fallo; manda*; quindi; domanda; problema; consiglio; sbagliato; quale
        zh: 这个; 那个; 东西; 帮帮; 不行; 坏了; 一样; 发给; 问题; 哪个; 不对
        ja: それ; あれ; これ; 動かない; 助け; 同じ; 送って; 相談; 違う; どっち
        ar: هذا; ذاك; شي; ساعد*; ما يشتغل; خربان; نفسه; ارسل*; سوال; مشكله; غلط; اي واحد
        hi: यह; वो; चीज़; मदद; काम नहीं; टूट; वही; भेज; सवाल; समस्या; गलत; कौन सा
        """
}
