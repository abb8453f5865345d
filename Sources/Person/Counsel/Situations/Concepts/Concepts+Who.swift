// The format is described at `CueLexicon`: a concept, and below it words for it by language.

extension Concepts {
    /// Who is spoken of.
    static let people = """
        = me: me 1
        en: i; im; ive; id; ill; me; my; mine; myself
        de: ich; mir; mich; mein; meine; meinen; meinem; meiner; meins
        es: yo; me; mi; mis; conmigo; mio; mia
        fr: je; j; me; m; moi; mon; ma; mes
        pt: eu; me; meu; minha; meus; minhas; comigo; mim
        it: io; mi; mio; mia; miei; mie; me
        zh: 我; 我的; 自己
        ja: 私; 僕; 俺; わたし; 自分
        ar: انا; لي; عندي; نفسي; احس; ابي; بدي; اريد
        hi: मैं; मुझे; मेरा; मेरी; मेरे; मुझ; मैंने

        = you: you 1
        en: you; your; u; ur; youre
        de: du; dir; dich; dein*; sie; ihnen
        es: tu; te; ti; contigo; usted; dime
        fr: tu; te; toi; t; ton; ta; tes; vous
        pt: voce; vc; tu; te; contigo
        it: tu; ti; te; tuo; tua
        zh: 你; 您
        ja: あなた; 君; きみ
        ar: انت; انتي; لك; منك; معك; بدونك
        hi: तुम; तुमसे; आप; तुम्हारे; तू

        = we: we 1
        en: we; us; our; were; weve; both of us
        de: wir; uns; unser*; beide
        es: nosotros; nos; nuestro; nuestra; ambos
        fr: nous; on; notre; nos
        pt: nos; a gente; nosso; nossa
        it: noi; ci; nostro; nostra
        zh: 我们; 咱们
        ja: 私たち; うち
        ar: نحن; احنا; لنا
        hi: हम; हमें; हमारा; हमारी; हमने

        = he-she: he-she 1
        en: he; she; him; her; hes; shes; his; they; them; their
        de: er; ihn; ihm; ihr; ihre; ihren; sein; seine
        es: el; ella; lo; la; le; ellos; ellas; su; sus
        fr: il; elle; lui; ils; elles; son; sa; ses; leur
        pt: ele; ela; dele; dela; eles; elas; seu; sua
        it: lui; lei; loro; suo; sua; gli
        zh: 他; 她; 他们; 她们
        ja: 彼; 彼女; あの人; あいつ
        ar: هو; هي; هم; له; لها
        hi: वह; उसने; उसे; उसका; उसकी; वे

        = partner: partner 1
        en: husband; wife; boyfriend; girlfriend; partner; ex; exs; fiance*; spouse; hubby; bf; gf; stepdad; stepfather; moms boyfriend
        de: mann; frau; freund; freundin; partner; ex; ehemann; ehefrau; verlobt*; stiefvater
        es: marido; mujer; novio; novia; pareja; ex; esposo; esposa; padrastro
        fr: mari; femme; copain; copine; compagn*; ex; conjoint; fiance*; beau pere
        pt: marido; mulher; namorad*; esposa; ex; padrasto; companheir*
        it: marito; moglie; fidanzat*; compagn*; ex; ragazzo; patrigno
        zh: 老公; 老婆; 丈夫; 妻子; 男朋友; 女朋友; 男友; 女友; 前任; 前男友; 前女友; 继父
        ja: 夫; 妻; 旦那; 嫁; 彼氏; 彼女; 元カレ; 元彼; 元カノ; 義父
        ar: زوجي; زوجتي; خطيبي; خطيبتي; حبيبي; طليقي; زوج
        hi: पति; पत्नी; बॉयफ्रेंड; गर्लफ्रेंड; प्रेमी; सौतेले

        = parent: parent 1
        en: mom; mum; mother; dad; father; parents; mommy; daddy; moms; mums; dads; grandma; grandpa; gran; grandmother; grandfather; grandparents
        de: mama; papa; mutter; vater; eltern; oma; opa; mutti; vati; grossmutter; grossvater
        es: madre; padre; mama; papa; padres; abuela; abuelo; abuelos
        fr: mere; pere; maman; papa; parents; mamie; papi; grand mere; grand pere
        pt: mae; pai; pais; vo; avo; vovo
        it: madre; padre; mamma; papa; genitori; nonna; nonno
        zh: 妈妈; 爸爸; 父母; 我妈; 我爸; 母亲; 父亲; 爷爷; 奶奶; 外婆
        ja: 母; 父; お母さん; お父さん; 両親; 親; 祖母; 祖父; おばあちゃん
        ar: امي; ابي; ابوي; والدي; والدتي; جدتي; جدي; اهلي
        hi: माँ; मां; पापा; पिता; माता; मम्मी; दादी; दादा; नानी; बाप

        = child: child 1
        en: son; daughter; kid; kids; child; children; baby; toddler; teen; teenager; year old; boy; girl; infant; newborn
        de: sohn; tochter; kind; kinder; kindern; baby; saugling; kleine; enkel*
        es: hijo; hija; hijos; hijas; nino; nina; ninos; bebe; nieto; nieta; peque
        fr: fils; fille; enfant; enfants; bebe; petit; petits; petite; gosse*; ado; petite fille
        pt: filho; filha; filhos; crianca*; bebe; menino; menina; neto; neta
        it: figlio; figlia; figli; bambin*; neonato; nipot*
        zh: 孩子; 儿子; 女儿; 宝宝; 小孩; 婴儿
        ja: 子ども; 子供; 息子; 娘; 赤ちゃん; 孫
        ar: ابني; بنتي; طفل; طفلي; اولاد; الاولاد; عيالي; بنت
        hi: बेटा; बेटी; बच्चा; बच्चे; बच्चों; शिशु

        = sibling: sibling 1
        en: brother; sister; siblings; bro; sis; cousin; uncle; aunt; nephew; niece; twin
        de: bruder; schwester; geschwister; cousin; cousine; onkel; tante; schwager; schwiegermutter
        es: hermano; hermana; hermanos; primo; prima; tio; tia; cunado; suegra
        fr: frere; soeur; cousin; cousine; oncle; tante; belle mere; belle soeur
        pt: irma; irmao; primo; prima; tio; tia; sogra; cunhado
        it: fratello; sorella; cugin*; zio; zia; suocera; cognat*
        zh: 哥哥; 弟弟; 姐姐; 妹妹; 叔叔; 舅舅; 姑姑; 我姐; 我哥; 婆婆
        ja: 兄; 弟; 姉; 妹; おじさん; 叔父; いとこ; 義母
        ar: اخي; اخوي; اختي; عمي; خالي; ابن عمي
        hi: भाई; बहन; चाचा; मामा; मौसी; सास

        = friend: friend 1
        en: friend; friends; mate; bestie; buddy; roommate; flatmate; housemate; neighbour*; neighbor*; classmate*; kid in my class
        de: freunde; freunden; kumpel; mitbewohner*; nachbar*; klassenkamerad*; beste freundin
        es: amigo; amiga; amigos; vecino*; companero*; amiga*
        fr: ami; amie; amis; voisin*; coloc*; pote; camarade
        pt: amigo; amiga; amigos; vizinho*; colega
        it: amico; amica; amici; vicin*; coinquilin*; compagno
        zh: 朋友; 闺蜜; 室友; 邻居; 同学
        ja: 友達; 友人; 親友; ルームメイト; 隣人; クラスメート
        ar: صديقي; صديقتي; اصحابي; جاري; جيران; زميل
        hi: दोस्त; सहेली; पड़ोसी; रूममेट; सहपाठी

        = boss-colleague: boss-colleague 1
        en: boss; manager; colleague; coworker; team; client; customer; hr; employee*; supervisor; landlord; company; candidate*; director; co founder; business partner
        de: chef; chefin; kolleg*; team; kunde*; vorgesetzt*; mitarbeiter*; vermieter*; firma; geschaftspartner; vorstand; betriebsrat
        es: jefe; jefa; colega; equipo; cliente*; recursos humanos; empleado*; casero; empresa; socio; junta
        fr: patron; chef; cheffe; collegue; equipe; client*; rh; proprietaire; employe*; associe; boite
        pt: chefe; colega; equipe; cliente*; patrao; empresa; socio; dono
        it: capo; collega; colleghi; cliente*; padrone; azienda; socio; dipendente
        zh: 老板; 同事; 客户; 房东; 公司; 员工; 合伙人; 领导
        ja: 上司; 同僚; 社長; 客; 大家; 会社; 社員
        ar: المدير; مديري; زميلي; العميل; المؤجر; الشركه; الموظف
        hi: बॉस; सहकर्मी; ग्राहक; मकान मालिक; कंपनी; मैनेजर; साथी

        = teacher-school: teacher-school 1
        en: teacher; prof; professor; class; school; grade*; homework; hw; assignment; essay; worksheet; exam; test; quiz; chapter; textbook; exercise*; due; hand it in; thesis; lab report; university; uni; college; course; lesson; coach; mark*; page; maths; math; chem; physics; bio; history; latin; presentation; report; graded
        de: lehrer*; prof; klasse; schule; note; noten; hausaufgabe*; aufsatz; arbeitsblatt; prufung; klausur; test; kapitel; aufgabe*; abgabe; abgeben; referat; facharbeit; uni; mathe; physik; chemie; vokabel*; zeugnis; trainer; seite; gedichtanalyse; erorterung; latein
        es: profe*; clase; colegio; escuela; nota; deberes; redaccion; ficha; examen; ejercicio*; entregar; entrego; trabajo de; universidad; mates; fisica; historia; tema; pagina; comentario de texto; entrega
        fr: prof*; classe; lycee; ecole; note; devoir*; redaction; dissert*; exercice*; controle; exam*; rendre; expose; fac; maths; fiche; page; version; rapport; noté; tp
        pt: prof*; aula; escola; nota; licao; redacao; exercicio*; prova; entregar; trabalho de; faculdade; matematica; questao; questoes; relatorio
        it: prof*; classe; scuola; voto; compiti; tema; esercizi*; verifica; esame; consegn*; tesina; universita; versione; pagina; relazione
        zh: 老师; 作业; 作文; 考试; 题; 论文; 学校; 班; 课; 交; 报告; 练习; 数学; 英语; 物理; 教授
        ja: 先生; 宿題; レポート; 作文; 試験; テスト; 課題; 学校; 授業; 問; 提出; 教授; 感想文; 数学; 英語
        ar: المعلم; الاستاذ; واجب; الواجب; اختبار; امتحان; مدرسه; تمارين; بحث; تعبير; جامعه; السوال; صفحه; للتسليم
        hi: शिक्षक; टीचर; होमवर्क; निबंध; परीक्षा; स्कूल; सवाल; प्रश्न; प्रोजेक्ट; जमा; कक्षा; गणित; रिपोर्ट
        """
}
