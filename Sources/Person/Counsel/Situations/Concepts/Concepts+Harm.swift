// The format is described at `CueLexicon`: a concept, and below it words for it by language.

extension Concepts {
    /// What may do harm, and what only tells of it.
    static let harm = """
        = violence: violence 1
        en: hit; hits; hitting; beat; beats; beating; punch*; kick*; choke*; chok*; strangl*; slap*; shov*; threw; throws; pushed; grabbed; grabs; belt; hands around; hands round; bruise*; attack*; rape*; raped; forced; threat*; stab*; shoot*; shot; hurt me; hurt us; thuds; smash*; burn the; burn down
        de: schlag*; schlug*; geschlagen; prugel*; verprugel*; tritt; trat; getreten; wurg*; gewurgt; hals; ohrfeig*; gestossen; haaren; bedroh*; droht; gezwungen; zwingt; vergewaltig*; ersticht; erschiess*; abstech*; grun und blau
        es: pega; pego; pegar; pegan; golpe*; patad*; ahorc*; empuj*; cuello; bofetad*; cachete; amenaz*; oblig*; viol*; grito; agarro; tumba; apunal*; tiro*; dispar*
        fr: frapp*; bat; battu*; cogne*; tape; gifl*; etrangl*; gorge; pousse*; menac*; force*; viol*; tabass*; coup de; coups; poignard*; defigur*
        pt: bate; bateu; batia; apertou; pescoco; empurr*; chut*; ameac*; forcou; obrig*; estupr*; esfaque*; tapa; soco
        it: picchi*; botte; schiaff*; pugn*; calci; collo; spint*; minacci*; costrett*; violent*; stupr*; accoltell*; strangol*
        zh: 打我; 打妈妈; 打人; 掐; 踢; 扇; 威胁; 强迫; 强奸; 家暴; 捅; 砍; 推下
        ja: 殴; 叩; 蹴; 首を絞め; 脅; 暴力; 無理やり; 刺; 突き飛ば
        ar: يضرب*; ضرب*; خنق*; هدد*; يهدد*; غصب; اغتصب*; طعن; يخنق; دفعني; صفع*
        hi: मारता; मारा; मार रहे; पीट*; गला दबा*; धमकी; धमका*; ज़बरदस्ती; जबरदस्ती; थप्पड़; चाकू मार

        = weapon: weapon 1
        en: knife; gun; rifle; pistol; weapon*; razor; blade; rope; noose; shotgun; bat; bomb
        de: messer; waffe*; pistole; gewehr; klinge; rasierklinge; strick; seil
        es: cuchillo; pistola; arma; armas; navaja; cuchilla; soga; cuerda; rifle; escopeta
        fr: couteau; arme; fusil; pistolet; lame; corde; cutter; rasoir
        pt: faca; arma; pistola; lamina; corda
        it: coltello; pistola; arma; fucile; lametta; corda
        zh: 刀; 枪; 绳子; 刀片
        ja: ナイフ; 包丁; 銃; カミソリ; ロープ; 刃物
        ar: سكين; مسدس; سلاح; حبل; شفره
        hi: चाकू; बंदूक; पिस्तौल; ब्लेड; रस्सी

        = dying: dying 1
        en: die; dying; dead; death; kill; kills; killing; killed; suicid*; end it; ending it; end things; be over; not wake up; never wake; wake up tomorrow; gone; without me; not be here; wont be here; wont be around; disappear; not existing; exist; lethal; goodbye; funeral; last message; point of living; no way out; rid of me; burden
        de: sterb*; tot; tod; toten; umbring*; umzubringen; bringt mich um; selbstmord; suizid; aufwachen; ohne mich; vorbei; nicht mehr da; leben; abschied*; verschwind*; weg; last; letzte nachricht; schluss machen
        es: morir*; muert*; matar*; mato; suicid*; acabe; acabar; se acabe; sin mi; despertar*; desaparec*; vivir; despedida; ya no este; estorbo; carga; seguir viviendo
        fr: mourir; mort*; tuer; tue; suicid*; en finir; finir; sans moi; reveiller; disparaitre; vivre; adieu; plus la; poids; s arrete; crever
        pt: morrer; morto; morta; matar; mata; suicid*; acabar; sem mim; acordar; sumir; viver; despedida; peso
        it: morire; morto; morta; uccid*; ammazz*; suicid*; finita; senza di me; svegli*; sparire; vivere; addio; peso
        zh: 死; 自杀; 杀; 不想活; 活着; 活下去; 醒来; 没有我; 消失; 离开; 告别; 遗物; 遗书; 解脱
        ja: 死; 自殺; 消え; いなくな; 目が覚め; 終わりに; 生き; いないほう; さよなら; 殺
        ar: اموت; موت; الموت; مات; انتحر*; انتحار; اقتل; يقتل; اختفي; اعيش; ما اصحي; بدوني; وداع
        hi: मर; मरना; मौत; मार दूँ; आत्महत्या; जीना; जीने; बिना मेरे; मेरे बिना; न उठूँ; खत्म; जाना है

        = self-injury: self-injury 1
        en: cut myself; cutting; my arms; my wrists; thighs; burned my; pills; tablets; overdose; bottle of; starv*; eaten; blacked out; roof; bridge; tracks; trains; platform; ledge; hurt myself; swallowed; took everything
        de: ritz*; schneide mich; arme; tabletten; pillen; brucke; dach; zug; gleis*; geschluckt; uberdosis; nichts gegessen; umgekippt
        es: cortarme; me corte; brazos; pastillas; puente; azotea; tren; tome todo; sin comer; desmay*; sobredosis; tejado
        fr: couper; scarifi*; bras; cachets; somniferes; comprimes; medicaments; pont; quai; trains; toit; avale; boite; mange plus
        pt: me cortar; me corto; comprimidos; remedios; cartela; ponte; braco; telhado
        it: tagliar*; mi taglio; pastiglie; pillole; ponte; braccia; tetto; binari
        zh: 安眠药; 药都吃; 一整瓶; 天台; 划; 割; 桥上; 楼顶; 手臂
        ja: 薬を全部; 腕を切; 手首; ホーム; 屋上; 橋; 薬を大量
        ar: الحبوب; حبوب; اجرح; السطح; الجسر; بلعت; يدي
        hi: गोलियाँ; गोलियां; नस; हाथ काट; पुल; छत; खा लीं

        = fear-danger: fear-danger 1
        en: scared; afraid; terrified; frightened; locked; lock; hide; hiding; trapped; secret; touch*; bedroom; follows; following; outside my; wont let me; took my phone; passport; key to my; stalk*; screaming; police; run away; dont tell; nobody knows; help me get out; cant leave
        de: angst; eingesperrt; eingeschlossen; verstecke; versteckt; fasst; anfass*; zimmer; verfolgt; vor dem haus; vor der tur; schlussel; schreit; polizei; raus; geheimnis; fotos von meinem
        es: miedo; encerr*; escond*; toca; tocan; cuarto; habitacion; me sigue; persigue; abajo; puerta; grita; policia; secreto; pasaporte; movil; no me deja
        fr: peur; enferme*; cach*; touche; chambre; me suit; en bas; porte; crie; hurle; police; secret; passeport; telephone; papiers
        pt: medo; tranc*; escond*; toca; quarto; me segue; porta; grita; policia; segredo; celular
        it: paura; chius*; nascost*; tocca; camera; mi segue; sotto casa; porta; urla; polizia; segreto
        zh: 害怕; 反锁; 关起来; 锁; 躲; 摸我; 房间; 跟踪; 门口; 秘密; 报警; 不敢说
        ja: 怖; 閉じ込め; 隠れ; 触; 部屋に入; つけられ; 玄関; 秘密; 警察; 誰にも言えない
        ar: خايف; خائف*; حبسني; قفل; مختبي; يلمس*; غرفتي; يلحقني; الباب; سر; شرطه
        hi: डर; बंद कर; छिप*; छूता; कमरे; पीछा; दरवाज़े; राज़; पुलिस

        = body-emergency: body-emergency 1
        en: chest; breathe; breathing; unconscious; wont wake; cant wake; bleeding; blood; blue; seizure; fit; stroke; drooping; numb; left arm; swallowed; poison*; throat; allergic; closing; battery; passed out; fever; throwing up; ambulance; collapsed; bleach; gas; choking; overdos*; pregnant
        de: brust; atmet; atmen; luft; bewusstlos; blutet; bluten; blut; blau; krampf*; schlaganfall; mundwinkel; taub; verschluckt; giftig; vergift*; fieber; notarzt; krankenwagen; rohrreiniger; verwaschen; allergisch; schwanger
        es: pecho; respira*; inconsciente; sangr*; morado; convuls*; derrame; brazo; trago; veneno; fiebre; ambulancia; boca; lejia; alergi*; embarazada; desmayado
        fr: poitrine; respire*; inconscient*; sang; saigne*; bleu*; convuls*; avc; bras; avale; poison; fievre; samu; bouche; javel; allergi*; enceinte
        pt: peito; respira*; desmai*; sangr*; roxo; convuls*; braco; engoliu; veneno; febre; ambulancia; gravida
        it: petto; respira*; sviene; svenut*; sangue; sanguina; convuls*; braccio; ingoi*; veleno; febbre; ambulanza; bocca; incinta
        zh: 胸口; 胸痛; 呼吸; 昏迷; 流血; 抽搐; 嘴角; 说话不清; 中毒; 吞了; 发烧; 救护车; 怀孕
        ja: 胸; 息; 呼吸; 意識; 血; けいれん; 顔の片側; ろれつ; 飲み込; 熱; 救急; 妊娠
        ar: صدره; يتنفس; تنفس; فاقد; نزيف; دم; جلطه; وجهه; بلع; سم; حراره; اسعاف; حامل
        hi: सीने; साँस; सांस; बेहोश; खून; दौरा; निगल; ज़हर; जहर; बुखार; एम्बुलेंस; गर्भवती

        = farewell-arrangement: farewell-arrangement 1
        en: letters; wrote the letters; gave away; gave my; given away; password*; will and; insurance pays; my dog to; take care of my; look after; tell my; sorry for everything; their 18th; scheduled; before tonight; after tonight; made my peace; arranged
        de: briefe; abschiedsbrief; verschenkt; geschenkt; passworter; alles geregelt; pass auf; aufpassen; leidtut; tut mir leid; morgen finden
        es: cartas; regale; contrasenas; cuida de; lo siento; todo arreglado; que lo lean; perdoname
        fr: lettres; donne le; rangé; mots de passe; prends soin; pardon; desole*; envoie le demain; papiers en ordre
        pt: cartas; deixei tudo; senhas; cuida; desculpa; organizado
        it: lettere; regalat*; password; prenditi cura; scusa; perdono; sistemato
        zh: 写好了信; 遗物; 整理好; 密码; 照顾好; 对不起
        ja: 手紙; 片付け; 遺書; ごめん; お願いね; 整理
        ar: الرسايل; الرسائل; سامحوني; اهتم ب; وصيتي
        hi: चिट्ठी; चिट्ठियाँ; माफ करना; ध्यान रखना; सब बाँट

        = story-game-lesson: story-game-lesson 1
        en: novel; film; movie; book; play; character; scene; episode; series; song; podcast; game; level; boss fight; chapter; history class; poem; hamlet; romeo; screenplay; story; author; wrote; statistic*; poster; training; lecture; article; idiom; phrase; expression; origin; quiz; museum
        de: roman; film; buch; figur; serie; folge; lied; spiel; level; kapitel; geschichte; gedicht; autor*; referat; redensart; ausdruck; tatort; plakat; kurs; drehbuch; statistik
        es: novela; pelicula; peli; libro; obra; personaje; serie; capitulo; cancion; juego; videojuego; nivel; poema; autor*; cartel; expresion; protagonista; refran
        fr: roman; film; livre; piece; personnage; serie; episode; chanson; jeu; niveau; poeme; auteur; affiche; expression; heros; humoriste; heroine
        pt: livro; filme; romance; novela; serie; musica; jogo; personagem; poema; autor*; cartaz; expressao
        it: romanzo; film; libro; personaggio; serie; canzone; gioco; livello; poesia; autore; manifesto; espressione; opera
        zh: 小说; 电影; 书; 主人公; 剧; 歌; 游戏; 作者; 诗; 海报; 故事; 角色
        ja: 小説; 映画; 本; 主人公; ドラマ; 歌; ゲーム; 作者; 詩; ポスター; 物語; 登場人物
        ar: روايه; الروايه; فيلم; كتاب; مسلسل; اغنيه; لعبه; كاتب; قصيده; قصه; البطل
        hi: उपन्यास; फिल्म; किताब; नायक; सीरियल; गाना; गेम; लेखक; कविता; कहानी
        """
}
