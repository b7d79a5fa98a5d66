<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE" sourcelanguage="en">
<context>
    <name>AttentionTwins</name>
    <message>
        <source>Attention of %1, head %2, step %3</source>
        <translation>Aufmerksamkeit von %1, Kopf %2, Schritt %3</translation>
    </message>
    <message>
        <source>query (position)</source>
        <translation>Anfrage (Position)</translation>
    </message>
    <message>
        <source>query</source>
        <translation>Anfrage</translation>
    </message>
    <message>
        <source>key (position)</source>
        <translation>Schlüssel (Position)</translation>
    </message>
    <message>
        <source>key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>weight</source>
        <translation>Gewicht</translation>
    </message>
    <message>
        <source>Latents of %1, step %2</source>
        <translation>Latents von %1, Schritt %2</translation>
    </message>
    <message>
        <source>position</source>
        <translation>Position</translation>
    </message>
    <message>
        <source>token</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>L2 norm of the latent</source>
        <translation>L2-Norm des Latents</translation>
    </message>
    <message>
        <source>Attention of %1, head %2: where token %3 (%4) of the long text looks</source>
        <translation>Aufmerksamkeit von %1, Kopf %2: wohin Token %3 (%4) des langen Textes schaut</translation>
    </message>
    <message>
        <source>weight, rounded</source>
        <translation>Gewicht, gerundet</translation>
    </message>
</context>
<context>
    <name>Core</name>
    <message>
        <source>Effective rank of the latents that the cache keeps, on a sample of the data; with the probe text.</source>
        <translation>Effektiver Rang der Latents, die der Cache behält, an einer Stichprobe der Daten; mit dem Prüftext.</translation>
    </message>
    <message>
        <source>Sequence length</source>
        <translation>Sequenzlänge</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>T: tokens of one sequence; 4096 in section 4.2.</source>
        <translation>T: Token einer Sequenz; 4096 in Abschnitt 4.2.</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>Batch</translation>
    </message>
    <message>
        <source>sequences</source>
        <translation>Sequenzen</translation>
    </message>
    <message>
        <source>B: sequences of one pass.</source>
        <translation>B: Sequenzen eines Durchgangs.</translation>
    </message>
    <message>
        <source>Accumulation</source>
        <translation>Akkumulation</translation>
    </message>
    <message>
        <source>passes</source>
        <translation>Durchgänge</translation>
    </message>
    <message>
        <source>Passes whose gradients make one optimizer step.</source>
        <translation>Durchgänge, deren Gradienten einen Optimierungsschritt ergeben.</translation>
    </message>
    <message>
        <source>Planned steps</source>
        <translation>Geplante Schritte</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>Steps the learning rate is planned over; 0 takes the limit of the run.</source>
        <translation>Schritte, über die die Lernrate geplant ist; 0 übernimmt die Grenze des Laufs.</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Lernrate</translation>
    </message>
    <message>
        <source>Peak of the schedule; 2.2e-4 in section 4.2.</source>
        <translation>Höchstwert des Plans; 2.2e-4 in Abschnitt 4.2.</translation>
    </message>
    <message>
        <source>Final learning rate</source>
        <translation>Letzte Lernrate</translation>
    </message>
    <message>
        <source>Where the cosine ends, section 4.2; 0 takes a tenth of the peak.</source>
        <translation>Wo der Kosinus endet, Abschnitt 4.2; 0 nimmt ein Zehntel des Höchstwerts.</translation>
    </message>
    <message>
        <source>Warm-up</source>
        <translation>Aufwärmen</translation>
    </message>
    <message>
        <source>Linear rise from 0; 2000 in section 4.2.</source>
        <translation>Linearer Anstieg von 0; 2000 in Abschnitt 4.2.</translation>
    </message>
    <message>
        <source>Constant share</source>
        <translation>Konstanter Anteil</translation>
    </message>
    <message>
        <source>Share of the schedule before the cosine; 10 of 14.8T tokens in section 4.2.</source>
        <translation>Anteil des Plans vor dem Kosinus; 10 von 14.8T Token in Abschnitt 4.2.</translation>
    </message>
    <message>
        <source>Cosine share</source>
        <translation>Kosinus-Anteil</translation>
    </message>
    <message>
        <source>Share of the schedule that the cosine takes; 4.3 of 14.8T in section 4.2.</source>
        <translation>Anteil des Plans, den der Kosinus einnimmt; 4.3 von 14.8T in Abschnitt 4.2.</translation>
    </message>
    <message>
        <source>Beta 1</source>
        <translation>Beta 1</translation>
    </message>
    <message>
        <source>AdamW: memory of the mean; 0.9 in section 4.2.</source>
        <translation>AdamW: Gedächtnis des Mittelwerts; 0.9 in Abschnitt 4.2.</translation>
    </message>
    <message>
        <source>Beta 2</source>
        <translation>Beta 2</translation>
    </message>
    <message>
        <source>AdamW: memory of the square; 0.95 in section 4.2.</source>
        <translation>AdamW: Gedächtnis des Quadrats; 0.95 in Abschnitt 4.2.</translation>
    </message>
    <message>
        <source>Adam epsilon</source>
        <translation>Epsilon von Adam</translation>
    </message>
    <message>
        <source>AdamW: added to the root of the square.</source>
        <translation>AdamW: wird zur Wurzel des Quadrats addiert.</translation>
    </message>
    <message>
        <source>Weight decay</source>
        <translation>Gewichtsabnahme</translation>
    </message>
    <message>
        <source>AdamW: 0.1 in section 4.2; norms and biases have none.</source>
        <translation>AdamW: 0.1 in Abschnitt 4.2; Normen und Biases haben keine.</translation>
    </message>
    <message>
        <source>Gradient clip</source>
        <translation>Gradientengrenze</translation>
    </message>
    <message>
        <source>Longest norm of all gradients; 1.0 in section 4.2; 0 sets no limit.</source>
        <translation>Größte Norm aller Gradienten; 1.0 in Abschnitt 4.2; 0 setzt keine Grenze.</translation>
    </message>
    <message>
        <source>Bias update speed</source>
        <translation>Bias-Schrittweite</translation>
    </message>
    <message>
        <source>1/step</source>
        <translation>1/Schritt</translation>
    </message>
    <message>
        <source>gamma: step of the experts&apos; selection bias, section 2.1.2.</source>
        <translation>gamma: Schrittweite des Auswahl-Bias der Experten, Abschnitt 2.1.2.</translation>
    </message>
    <message>
        <source>Balance loss</source>
        <translation>Balance-Loss</translation>
    </message>
    <message>
        <source>alpha: weight of the sequence-wise balance loss, eq. 17.</source>
        <translation>alpha: Gewicht des Balance-Loss je Sequenz, Gl. 17.</translation>
    </message>
    <message>
        <source>MTP loss</source>
        <translation>MTP-Loss</translation>
    </message>
    <message>
        <source>lambda: weight of the MTP loss, eq. 25; 0.3, later 0.1.</source>
        <translation>lambda: Gewicht des MTP-Loss, Gl. 25; 0.3, später 0.1.</translation>
    </message>
    <message>
        <source>Router</source>
        <translation>Router</translation>
    </message>
    <message>
        <source>How experts are chosen and balanced, section 2.1.2.</source>
        <translation>Wie Experten ausgewählt und ausgeglichen werden, Abschnitt 2.1.2.</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Startwert</translation>
    </message>
    <message>
        <source>Start of all random numbers; the same seed and threads give the same losses.</source>
        <translation>Beginn aller Zufallszahlen; gleicher Startwert und gleich viele Threads ergeben dieselben Losses.</translation>
    </message>
    <message>
        <source>Validation share</source>
        <translation>Validierungsanteil</translation>
    </message>
    <message>
        <source>Share of the data that is held out.</source>
        <translation>Anteil der Daten, der zurückgehalten wird.</translation>
    </message>
    <message>
        <source>Evaluate every</source>
        <translation>Validieren alle</translation>
    </message>
    <message>
        <source>Steps between two evaluations; 0 makes none.</source>
        <translation>Schritte zwischen zwei Validierungen; 0: keine.</translation>
    </message>
    <message>
        <source>Evaluation size</source>
        <translation>Umfang der Validierung</translation>
    </message>
    <message>
        <source>Passes of one evaluation.</source>
        <translation>Durchgänge einer Validierung.</translation>
    </message>
    <message>
        <source>Log every</source>
        <translation>Protokoll alle</translation>
    </message>
    <message>
        <source>Steps between two lines of the log.</source>
        <translation>Schritte zwischen zwei Zeilen des Protokolls.</translation>
    </message>
    <message>
        <source>Record probe every</source>
        <translation>Prüftext aufzeichnen alle</translation>
    </message>
    <message>
        <source>Steps between two pictures of the probe text that a run keeps, for a look back; 0 keeps those that somebody sees.</source>
        <translation>Schritte zwischen zwei Bildern des Prüftexts, die ein Lauf für den Rückblick behält; 0 behält nur die, die jemand sieht.</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>Number format of products, section 3.3; auto takes bf16 where the CPU multiplies it, else f32.</source>
        <translation>Zahlenformat der Produkte, Abschnitt 3.3; auto nimmt bf16, wo die CPU damit rechnet, sonst f32.</translation>
    </message>
    <message>
        <source>Recompute</source>
        <translation>Neu berechnen</translation>
    </message>
    <message>
        <source>What backward computes again to save memory, section 3.2.3; norms: RMSNorm, up-projections, SwiGLU; layers: all but the residual stream.</source>
        <translation>Was der Rückwärtsgang neu berechnet, um Speicher zu sparen, Abschnitt 3.2.3; norms: RMSNorm, Aufwärtsprojektionen, SwiGLU; layers: alles außer dem Residualstrom.</translation>
    </message>
    <message>
        <source>Threads</source>
        <translation>Threads</translation>
    </message>
    <message>
        <source>Threads of the kernels; 0 takes one for each core.</source>
        <translation>Threads der Kernels; 0 nimmt einen je Kern.</translation>
    </message>
    <message>
        <source>What is minimised: main + weighted MTP + balance loss.</source>
        <translation>Was minimiert wird: Haupt-Loss + gewichteter MTP-Loss + Balance-Loss.</translation>
    </message>
    <message>
        <source>nats/token</source>
        <translation>nats/Token</translation>
    </message>
    <message>
        <source>Cross entropy of the next token.</source>
        <translation>Kreuzentropie des nächsten Tokens.</translation>
    </message>
    <message>
        <source>Mean cross entropy of the MTP modules, unweighted.</source>
        <translation>Mittlere Kreuzentropie der MTP-Module, ungewichtet.</translation>
    </message>
    <message>
        <source>Sequence-wise balance loss over all MoE layers, alpha included.</source>
        <translation>Balance-Loss je Sequenz über alle MoE-Schichten, alpha eingerechnet.</translation>
    </message>
    <message>
        <source>Global L2 norm of the gradient before clipping.</source>
        <translation>Globale L2-Norm des Gradienten vor dem Begrenzen.</translation>
    </message>
    <message>
        <source>Step size of the optimizer.</source>
        <translation>Schrittweite des Optimierers.</translation>
    </message>
    <message>
        <source>Gamma of the loss-free balancing.</source>
        <translation>Gamma des Ausgleichs ohne Zusatz-Loss.</translation>
    </message>
    <message>
        <source>Tokens trained on since the first step.</source>
        <translation>Token, auf denen seit dem ersten Schritt trainiert wurde.</translation>
    </message>
    <message>
        <source>Wall time of the step.</source>
        <translation>Wanduhrzeit des Schritts.</translation>
    </message>
    <message>
        <source>s</source>
        <translation>s</translation>
    </message>
    <message>
        <source>Tokens of the step over its wall time.</source>
        <translation>Token des Schritts durch seine Wanduhrzeit.</translation>
    </message>
    <message>
        <source>tokens/s</source>
        <translation>Token/s</translation>
    </message>
    <message>
        <source>Model FLOPs of the step over what the device&apos;s peak could do in that time.</source>
        <translation>Modell-FLOPs des Schritts durch das, was das Gerät in dieser Zeit höchstens könnte.</translation>
    </message>
    <message>
        <source>Mean over MoE layers of max load / mean load - 1.</source>
        <translation>Mittel über die MoE-Schichten von größter Last / mittlerer Last - 1.</translation>
    </message>
    <message>
        <source>The same of each micro-batch by itself, mean over those of the step; missing where there is one.</source>
        <translation>Dasselbe für jeden Micro-Batch einzeln, gemittelt über die des Schritts; fehlt, wo es nur einen gibt.</translation>
    </message>
    <message>
        <source>Main loss on the validation split.</source>
        <translation>Haupt-Loss auf den Validierungsdaten.</translation>
    </message>
    <message>
        <source>Mean MTP loss on the validation split.</source>
        <translation>Mittlerer MTP-Loss auf den Validierungsdaten.</translation>
    </message>
    <message>
        <source>Validation loss per byte of text.</source>
        <translation>Validierungs-Loss je Byte Text.</translation>
    </message>
    <message>
        <source>bits/byte</source>
        <translation>bits/Byte</translation>
    </message>
    <message>
        <source>MaxVio over the whole validation split.</source>
        <translation>MaxVio über alle Validierungsdaten.</translation>
    </message>
    <message>
        <source>Tokens per step of the main model if drafts that it would choose itself are kept: 1 + p1 + p1 p2 + ..., on the validation split; drafting not counted.</source>
        <translation>Token je Schritt des Hauptmodells, wenn Entwürfe gelten, die es selbst wählen würde: 1 + p1 + p1 p2 + ..., auf den Validierungsdaten; das Entwerfen nicht mitgezählt.</translation>
    </message>
    <message>
        <source>Device-hours so far at the rental price.</source>
        <translation>Gerätestunden bisher zum Mietpreis.</translation>
    </message>
    <message>
        <source>USD</source>
        <translation>USD</translation>
    </message>
    <message>
        <source>Device-hours so far at full cost of ownership.</source>
        <translation>Gerätestunden bisher zu Vollkosten des Besitzes.</translation>
    </message>
    <message>
        <source>Device time so far, over all sessions of the run.</source>
        <translation>Gerätezeit bisher, über alle Sitzungen des Laufs.</translation>
    </message>
    <message>
        <source>Max load / mean load - 1 of the layer&apos;s experts.</source>
        <translation>Größte Last / mittlere Last - 1 der Experten der Schicht.</translation>
    </message>
    <message>
        <source>1 - min load / mean load of the layer&apos;s experts.</source>
        <translation>1 - kleinste Last / mittlere Last der Experten der Schicht.</translation>
    </message>
    <message>
        <source>Standard deviation of the expert loads over their mean.</source>
        <translation>Standardabweichung der Expertenlasten durch ihr Mittel.</translation>
    </message>
    <message>
        <source>exp(entropy of the loads) / number of experts.</source>
        <translation>exp(Entropie der Lasten) / Zahl der Experten.</translation>
    </message>
    <message>
        <source>Share of the experts that got no token.</source>
        <translation>Anteil der Experten, die kein Token bekamen.</translation>
    </message>
    <message>
        <source>Largest minus smallest balancing bias.</source>
        <translation>Größter minus kleinster Ausgleichs-Bias.</translation>
    </message>
    <message>
        <source>Cross entropy of one MTP module, unweighted.</source>
        <translation>Kreuzentropie eines MTP-Moduls, ungewichtet.</translation>
    </message>
    <message>
        <source>The same on the validation split.</source>
        <translation>Dasselbe auf den Validierungsdaten.</translation>
    </message>
    <message>
        <source>Share of an MTP module&apos;s drafts of the validation split that the main model would choose itself.</source>
        <translation>Anteil der Entwürfe eines MTP-Moduls auf den Validierungsdaten, die das Hauptmodell selbst wählen würde.</translation>
    </message>
    <message>
        <source>Main loss on the tokens of one domain.</source>
        <translation>Haupt-Loss auf den Token einer Domäne.</translation>
    </message>
    <message>
        <source>Acceptance of the first MTP module on the texts of one domain.</source>
        <translation>Annahme des ersten MTP-Moduls auf den Texten einer Domäne.</translation>
    </message>
    <message>
        <source>Sigmoid, loss-free balancing</source>
        <translation>Sigmoid, Ausgleich ohne Loss</translation>
    </message>
    <message>
        <source>Sigmoid affinities; an expert bias steers the selection towards balance. DeepSeek-V3 report section 2.1.2.</source>
        <translation>Sigmoid-Affinitäten; ein Bias je Experte lenkt die Auswahl zum Gleichgewicht. Bericht zu DeepSeek-V3, Abschnitt 2.1.2.</translation>
    </message>
    <message>
        <source>Softmax, auxiliary loss</source>
        <translation>Softmax, Zusatz-Loss</translation>
    </message>
    <message>
        <source>Softmax affinities balanced by an auxiliary loss alone. DeepSeek-V2 report section 2.2.3.</source>
        <translation>Softmax-Affinitäten, allein durch einen Zusatz-Loss ausgeglichen. Bericht zu DeepSeek-V2, Abschnitt 2.2.3.</translation>
    </message>
    <message>
        <source>Sigmoid, no balancing</source>
        <translation>Sigmoid, kein Ausgleich</translation>
    </message>
    <message>
        <source>Sigmoid affinities and nothing against collapse: what the balancing is for.</source>
        <translation>Sigmoid-Affinitäten und nichts gegen den Kollaps: wozu der Ausgleich gut ist.</translation>
    </message>
    <message>
        <source>English: short stories</source>
        <translation>Englisch: kurze Geschichten</translation>
    </message>
    <message>
        <source>German: short stories</source>
        <translation>Deutsch: kurze Geschichten</translation>
    </message>
    <message>
        <source>Arithmetic with right answers</source>
        <translation>Rechnen mit richtigen Ergebnissen</translation>
    </message>
    <message>
        <source>Code in the manner of Python and C</source>
        <translation>Code nach Art von Python und C</translation>
    </message>
    <message>
        <source>JSON objects</source>
        <translation>JSON-Objekte</translation>
    </message>
    <message>
        <source>Chess: legal moves</source>
        <translation>Schach: erlaubte Züge</translation>
    </message>
    <message>
        <source>Server logs with ISO times</source>
        <translation>Server-Protokolle mit ISO-Zeiten</translation>
    </message>
    <message>
        <source>Markdown tables with totals</source>
        <translation>Markdown-Tabellen mit Summen</translation>
    </message>
    <message>
        <source>Roman numerals</source>
        <translation>Römische Zahlen</translation>
    </message>
    <message>
        <source>Rhymed verse</source>
        <translation>Gereimte Verse</translation>
    </message>
    <message>
        <source>Rental price</source>
        <translation>Mietpreis</translation>
    </message>
    <message>
        <source>Purchase price</source>
        <translation>Kaufpreis</translation>
    </message>
    <message>
        <source>Useful life</source>
        <translation>Nutzungsdauer</translation>
    </message>
    <message>
        <source>Utilisation</source>
        <translation>Auslastung</translation>
    </message>
    <message>
        <source>Power while training</source>
        <translation>Leistung beim Training</translation>
    </message>
    <message>
        <source>Power overhead of the building (PUE)</source>
        <translation>Zusatzleistung des Gebäudes (PUE)</translation>
    </message>
    <message>
        <source>Electricity price</source>
        <translation>Strompreis</translation>
    </message>
    <message>
        <source>Share of this run in its programme</source>
        <translation>Anteil dieses Laufs an seinem Programm</translation>
    </message>
    <message>
        <source>Share of people in the programme</source>
        <translation>Anteil der Menschen am Programm</translation>
    </message>
    <message>
        <source>Number of token ids, padding included.</source>
        <translation>Anzahl der Token-Nummern, Auffüllung eingeschlossen.</translation>
    </message>
    <message>
        <source>d: width of the residual stream, section 2.1.</source>
        <translation>d: Breite des Residualstroms, Abschnitt 2.1.</translation>
    </message>
    <message>
        <source>Inner width of the dense feed-forward layers, section 4.2.</source>
        <translation>Innere Breite der dichten Feed-Forward-Schichten, Abschnitt 4.2.</translation>
    </message>
    <message>
        <source>Inner width of one expert, section 4.2.</source>
        <translation>Innere Breite eines Experten, Abschnitt 4.2.</translation>
    </message>
    <message>
        <source>Transformer layers without the MTP modules, section 4.2.</source>
        <translation>Transformer-Schichten ohne die MTP-Module, Abschnitt 4.2.</translation>
    </message>
    <message>
        <source>n_h, section 2.1.1.</source>
        <translation>n_h, Abschnitt 2.1.1.</translation>
    </message>
    <message>
        <source>N_s: experts that every token visits, section 2.1.2.</source>
        <translation>N_s: Experten, die jedes Token besucht, Abschnitt 2.1.2.</translation>
    </message>
    <message>
        <source>N_r: experts to choose from, section 2.1.2; 0 makes every layer dense.</source>
        <translation>N_r: Experten zur Auswahl, Abschnitt 2.1.2; 0 macht jede Schicht dicht.</translation>
    </message>
    <message>
        <source>K_r: routed experts a token visits, section 2.1.2.</source>
        <translation>K_r: ausgewählte Experten je Token, Abschnitt 2.1.2.</translation>
    </message>
    <message>
        <source>Groups of experts, one a node in the paper, section 2.1.2.</source>
        <translation>Gruppen von Experten, im Bericht eine je Knoten, Abschnitt 2.1.2.</translation>
    </message>
    <message>
        <source>M: groups a token may visit, section 2.1.2.</source>
        <translation>M: Gruppen, die ein Token besuchen darf, Abschnitt 2.1.2.</translation>
    </message>
    <message>
        <source>The first layers have no experts, section 4.2.</source>
        <translation>Die ersten Schichten haben keine Experten, Abschnitt 4.2.</translation>
    </message>
    <message>
        <source>After the dense layers, every so many layers has experts.</source>
        <translation>Nach den dichten Schichten hat jede sovielte Experten.</translation>
    </message>
    <message>
        <source>Factor on the weights of the routed experts.</source>
        <translation>Faktor auf den Gewichten der ausgewählten Experten.</translation>
    </message>
    <message>
        <source>Whether the weights of the chosen experts sum to one, eq. 13.</source>
        <translation>Ob die Gewichte der gewählten Experten zusammen eins sind, Gl. 13.</translation>
    </message>
    <message>
        <source>noaux_tc adds a bias to the scores before choosing, eq. 16; greedy does not.</source>
        <translation>noaux_tc gibt den Werten vor der Wahl einen Zuschlag, Gl. 16; greedy nicht.</translation>
    </message>
    <message>
        <source>Affinity of token and expert: sigmoid in V3 (eq. 15), softmax in V2.</source>
        <translation>Affinität von Token und Experte: Sigmoid in V3 (Gl. 15), Softmax in V2.</translation>
    </message>
    <message>
        <source>d&apos;_c: width of the compressed query, eq. 6; 0 compresses nothing.</source>
        <translation>d&apos;_c: Breite der verdichteten Anfrage, Gl. 6; 0 verdichtet nichts.</translation>
    </message>
    <message>
        <source>d_c: width of the cached latent, eq. 1.</source>
        <translation>d_c: Breite des gespeicherten Latents, Gl. 1.</translation>
    </message>
    <message>
        <source>d_h: per head part of query and key without rotation, section 2.1.1.</source>
        <translation>d_h: Teil von Anfrage und Schlüssel je Kopf ohne Drehung, Abschnitt 2.1.1.</translation>
    </message>
    <message>
        <source>d_h^R: rotated part of query and key, eq. 3; even.</source>
        <translation>d_h^R: gedrehter Teil von Anfrage und Schlüssel, Gl. 3; gerade.</translation>
    </message>
    <message>
        <source>Width of a head&apos;s value, section 2.1.1.</source>
        <translation>Breite des Werts eines Kopfes, Abschnitt 2.1.1.</translation>
    </message>
    <message>
        <source>Added to the mean square in RMSNorm.</source>
        <translation>Wird in RMSNorm zum mittleren Quadrat addiert.</translation>
    </message>
    <message>
        <source>Base of the rotation frequencies.</source>
        <translation>Basis der Drehfrequenzen.</translation>
    </message>
    <message>
        <source>Positions the model is made for.</source>
        <translation>Positionen, für die das Modell gemacht ist.</translation>
    </message>
    <message>
        <source>D: modules that predict further tokens, section 2.2; 0 has none.</source>
        <translation>D: Module, die weitere Token voraussagen, Abschnitt 2.2; 0 hat keine.</translation>
    </message>
    <message>
        <source>Standard deviation of the initial weights; 0.006 in section 4.2.</source>
        <translation>Standardabweichung der Anfangsgewichte; 0.006 in Abschnitt 4.2.</translation>
    </message>
    <message>
        <source>Whether the output head is the embedding.</source>
        <translation>Ob der Ausgabekopf die Einbettung ist.</translation>
    </message>
    <message>
        <source>Id that begins a document.</source>
        <translation>Nummer, mit der ein Dokument beginnt.</translation>
    </message>
    <message>
        <source>Id that ends a document.</source>
        <translation>Nummer, mit der ein Dokument endet.</translation>
    </message>
    <message>
        <source>s: how many times longer the context becomes, section 4.3.</source>
        <translation>s: wievielmal so lang der Kontext wird, Abschnitt 4.3.</translation>
    </message>
    <message>
        <source>Context of the pre-training, section 4.3.</source>
        <translation>Kontext des Vortrainings, Abschnitt 4.3.</translation>
    </message>
    <message>
        <source>turns</source>
        <translation>Umdrehungen</translation>
    </message>
    <message>
        <source>beta: dimensions that turn oftener keep their frequency, section 4.3.</source>
        <translation>beta: Dimensionen, die sich öfter drehen, behalten ihre Frequenz, Abschnitt 4.3.</translation>
    </message>
    <message>
        <source>alpha: dimensions that turn less are interpolated, section 4.3.</source>
        <translation>alpha: Dimensionen, die sich seltener drehen, werden interpoliert, Abschnitt 4.3.</translation>
    </message>
    <message>
        <source>Scale of cosine and sine, divided by that of mscale_all_dim.</source>
        <translation>Maßstab von Kosinus und Sinus, geteilt durch den von mscale_all_dim.</translation>
    </message>
    <message>
        <source>Scale of the attention scores, squared; 0 leaves them.</source>
        <translation>Maßstab der Aufmerksamkeitswerte, quadriert; 0 lässt sie.</translation>
    </message>
    <message>
        <source>Lambda: how much the mean of the MTP losses counts in the loss.</source>
        <translation>Lambda: wie viel das Mittel der MTP-Losses im Loss zählt.</translation>
    </message>
    <message>
        <source>Model FLOPs since the first step, with as many experts for a token as it chose.</source>
        <translation>FLOPs des Modells seit dem ersten Schritt, mit so vielen Experten für ein Token, wie es gewählt hat.</translation>
    </message>
    <message>
        <source>FLOP</source>
        <translation>FLOP</translation>
    </message>
    <message>
        <source>Time by the clock since the run was begun, with pauses.</source>
        <translation>Zeit nach der Uhr, seit der Lauf begonnen wurde, mit Pausen.</translation>
    </message>
    <message>
        <source>MaxVio of each micro-batch by itself, mean over those of the step; missing where there is one.</source>
        <translation>MaxVio jedes Micro-Batches für sich, gemittelt über die des Schritts; fehlt, wo es nur einen gibt.</translation>
    </message>
    <message>
        <source>MinVio of micro-batches, likewise.</source>
        <translation>MinVio der Micro-Batches, ebenso.</translation>
    </message>
    <message>
        <source>Load variation of micro-batches, likewise.</source>
        <translation>Streuung der Last der Micro-Batches, ebenso.</translation>
    </message>
    <message>
        <source>Diversity of micro-batches, likewise.</source>
        <translation>Vielfalt der Micro-Batches, ebenso.</translation>
    </message>
    <message>
        <source>Share of the experts without a token in a micro-batch, likewise.</source>
        <translation>Anteil der Experten ohne Token in einem Micro-Batch, ebenso.</translation>
    </message>
</context>
<context>
    <name>Cost</name>
    <message>
        <source>DeepSeek-V3 and R1 in Epoch AI&apos;s database</source>
        <translation>DeepSeek-V3 und R1 in der Datenbank von Epoch AI</translation>
    </message>
    <message>
        <source>Estimates from outside. Epoch AI put R1&apos;s own training at about a million dollars before DeepSeek published 0.294 million.</source>
        <translation>Schätzungen von außen. Epoch AI setzte R1s eigenes Training mit etwa einer Million Dollar an, bevor DeepSeek 0,294 Millionen veröffentlichte.</translation>
    </message>
    <message>
        <source>DeepSeek-V3</source>
        <translation>DeepSeek-V3</translation>
    </message>
    <message>
        <source>DeepSeek-R1, with its base</source>
        <translation>DeepSeek-R1 mit seiner Basis</translation>
    </message>
    <message>
        <source>What that leaves for R1 alone</source>
        <translation>Was damit für R1 allein bleibt</translation>
    </message>
    <message>
        <source>The final training run: hardware as it lost value, and electricity.</source>
        <translation>Der letzte Trainingslauf: Wertverlust der Hardware und Strom.</translation>
    </message>
    <message>
        <source>Training of V3</source>
        <translation>Training von V3</translation>
    </message>
    <message>
        <source>DeepSeek-R1</source>
        <translation>DeepSeek-R1</translation>
    </message>
    <message>
        <source>V3 and the training of R1 on top of it.</source>
        <translation>V3 und darauf das Training von R1.</translation>
    </message>
    <message>
        <source>Training of R1 with its base</source>
        <translation>Training von R1 mit seiner Basis</translation>
    </message>
    <message>
        <source>DeepSeek-R1, as published in Nature</source>
        <translation>DeepSeek-R1, wie in Nature veröffentlicht</translation>
    </message>
    <message>
        <source>What was added to V3-Base, which cost about twenty times as much and is not in it.</source>
        <translation>Was zu V3-Base hinzukam, das etwa zwanzigmal so viel kostete und nicht enthalten ist.</translation>
    </message>
    <message>
        <source>R1-Zero, hours as the table rounds them</source>
        <translation>R1-Zero, Stunden, wie die Tabelle sie rundet</translation>
    </message>
    <message>
        <source>Data for supervised fine-tuning</source>
        <translation>Daten für das überwachte Feintuning</translation>
    </message>
    <message>
        <source>R1, hours as the table rounds them</source>
        <translation>R1, Stunden, wie die Tabelle sie rundet</translation>
    </message>
    <message>
        <source>Rental price of an H800</source>
        <translation>Mietpreis einer H800</translation>
    </message>
    <message>
        <source>GPUs</source>
        <translation>GPUs</translation>
    </message>
    <message>
        <source>Hours that R1-Zero took</source>
        <translation>Stunden, die R1-Zero dauerte</translation>
    </message>
    <message>
        <source>Hours that R1 took</source>
        <translation>Stunden, die R1 dauerte</translation>
    </message>
    <message>
        <source>Headline of V3</source>
        <translation>Schlagzeile von V3</translation>
    </message>
    <message>
        <source>Hours of the table</source>
        <translation>Stunden der Tabelle</translation>
    </message>
    <message>
        <source>Hours by the clock</source>
        <translation>Stunden nach der Uhr</translation>
    </message>
    <message>
        <source>Hours times a rental price</source>
        <translation>Stunden mal Mietpreis</translation>
    </message>
    <message>
        <source>R1-Zero, data for fine-tuning, and R1 on top of V3-Base; without the base, people and failed attempts.</source>
        <translation>R1-Zero, Daten für das Feintuning und R1 auf V3-Base; ohne die Basis, Menschen und gescheiterte Versuche.</translation>
    </message>
    <message>
        <source>R1-Zero</source>
        <translation>R1-Zero</translation>
    </message>
    <message>
        <source>Data for fine-tuning</source>
        <translation>Daten für das Feintuning</translation>
    </message>
    <message>
        <source>R1</source>
        <translation>R1</translation>
    </message>
    <message>
        <source>The same before rounding</source>
        <translation>Dasselbe vor dem Runden</translation>
    </message>
    <message>
        <source>512 GPUs for the hours that the text gives, instead of the table&apos;s thousands.</source>
        <translation>512 GPUs für die Stunden, die der Text nennt, statt der Tausender der Tabelle.</translation>
    </message>
    <message>
        <source>With the base model</source>
        <translation>Mit dem Basismodell</translation>
    </message>
    <message>
        <source>V3&apos;s headline and R1 together: the 6 million of the news.</source>
        <translation>V3s Schlagzeile und R1 zusammen: die 6 Millionen der Nachrichten.</translation>
    </message>
    <message>
        <source>V3</source>
        <translation>V3</translation>
    </message>
    <message>
        <source>&quot;R1 cost 5 million&quot; (press claim)</source>
        <translation>„R1 kostete 5 Millionen“ (Presse)</translation>
    </message>
    <message>
        <source>A claim, not data. It puts V3&apos;s headline under R1&apos;s name and sets it beside a figure of another scope.</source>
        <translation>Eine Behauptung, keine Daten. Sie stellt V3s Schlagzeile unter R1s Namen und neben eine Zahl mit anderem Umfang.</translation>
    </message>
    <message>
        <source>The 5 million are V3&apos;s rental headline of 5.576 million, rounded down; R1&apos;s own training was published later and came to 0.294 million.</source>
        <translation>Die 5 Millionen sind V3s Miet-Schlagzeile von 5,576 Millionen, abgerundet; R1s eigenes Training wurde später veröffentlicht und ergab 0,294 Millionen.</translation>
    </message>
    <message>
        <source>The 100 million come from what others said of GPT-4 and GPT-4o; nobody has said what is in them.</source>
        <translation>Die 100 Millionen stammen aus dem, was andere über GPT-4 und GPT-4o sagten; niemand hat gesagt, was darin ist.</translation>
    </message>
    <message>
        <source>The two figures differ in scope, so their ratio says nothing about efficiency.</source>
        <translation>Die beiden Zahlen haben verschiedenen Umfang, ihr Verhältnis sagt also nichts über Effizienz.</translation>
    </message>
    <message>
        <source>What R1 is said to have cost</source>
        <translation>Was R1 gekostet haben soll</translation>
    </message>
    <message>
        <source>What ChatGPT-4o is said to have cost</source>
        <translation>Was ChatGPT-4o gekostet haben soll</translation>
    </message>
    <message>
        <source>R1 as published later</source>
        <translation>R1, wie später veröffentlicht</translation>
    </message>
    <message>
        <source>The claim over V3&apos;s headline</source>
        <translation>Die Behauptung geteilt durch V3s Schlagzeile</translation>
    </message>
    <message>
        <source>The claim over what R1 added</source>
        <translation>Die Behauptung geteilt durch das, was R1 hinzufügte</translation>
    </message>
    <message>
        <source>As claimed</source>
        <translation>Wie behauptet</translation>
    </message>
    <message>
        <source>Not said.</source>
        <translation>Nicht gesagt.</translation>
    </message>
    <message>
        <source>R1, as claimed</source>
        <translation>R1, wie behauptet</translation>
    </message>
    <message>
        <source>What it is compared with</source>
        <translation>Womit es verglichen wird</translation>
    </message>
    <message>
        <source>ChatGPT-4o, as claimed</source>
        <translation>ChatGPT-4o, wie behauptet</translation>
    </message>
    <message>
        <source>What was published</source>
        <translation>Was veröffentlicht wurde</translation>
    </message>
    <message>
        <source>V3&apos;s official training and what R1 added, both at a rental price.</source>
        <translation>V3s offizielles Training und was R1 hinzufügte, beides zum Mietpreis.</translation>
    </message>
    <message>
        <source>A day of serving V3 and R1</source>
        <translation>Ein Tag Betrieb von V3 und R1</translation>
    </message>
    <message>
        <source>Inference has a book of its own: what serving costs is no part of what training cost. The revenue is theoretical: all tokens at R1&apos;s price, without discounts and free use.</source>
        <translation>Inferenz hat ein eigenes Buch: Was der Betrieb kostet, ist kein Teil dessen, was das Training kostete. Der Umsatz ist theoretisch: alle Token zu R1s Preis, ohne Rabatte und freie Nutzung.</translation>
    </message>
    <message>
        <source>Nodes, average of the day</source>
        <translation>Knoten, Mittel des Tages</translation>
    </message>
    <message>
        <source>GPUs of a node</source>
        <translation>GPUs eines Knotens</translation>
    </message>
    <message>
        <source>Hours</source>
        <translation>Stunden</translation>
    </message>
    <message>
        <source>Theoretical revenue of the day</source>
        <translation>Theoretischer Umsatz des Tages</translation>
    </message>
    <message>
        <source>Hours of the day</source>
        <translation>Stunden des Tages</translation>
    </message>
    <message>
        <source>Revenue over cost, less one</source>
        <translation>Umsatz geteilt durch Kosten, minus eins</translation>
    </message>
    <message>
        <source>A day of inference at a rental price</source>
        <translation>Ein Tag Inferenz zum Mietpreis</translation>
    </message>
    <message>
        <source>All nodes that served V3 and R1 for one day; no training, no people, no network.</source>
        <translation>Alle Knoten, die V3 und R1 einen Tag lang bedienten; kein Training, keine Menschen, kein Netz.</translation>
    </message>
    <message>
        <source>Serving</source>
        <translation>Betrieb</translation>
    </message>
    <message>
        <source>DeepSeek-V3, had its hours been owned</source>
        <translation>DeepSeek-V3, wären seine Stunden eigene gewesen</translation>
    </message>
    <message>
        <source>What DeepSeek paid is not public. Every lens prices the same hours by public prices.</source>
        <translation>Was DeepSeek zahlte, ist nicht bekannt. Jede Sicht bepreist dieselben Stunden nach bekannten Preisen.</translation>
    </message>
    <message>
        <source>Pre-training, 14.8T tokens</source>
        <translation>Vortraining, 14,8 Billionen Token</translation>
    </message>
    <message>
        <source>Context extension to 32K and 128K</source>
        <translation>Kontexterweiterung auf 32K und 128K</translation>
    </message>
    <message>
        <source>Post-training, SFT and RL</source>
        <translation>Nachtraining, SFT und RL</translation>
    </message>
    <message>
        <source>Price of a GPU in its server</source>
        <translation>Preis einer GPU in ihrem Server</translation>
    </message>
    <message>
        <source>Fall of hardware prices, powers of ten a year</source>
        <translation>Fall der Hardwarepreise, Zehnerpotenzen im Jahr</translation>
    </message>
    <message>
        <source>Share of the interconnect in a cluster&apos;s price</source>
        <translation>Anteil des Verbindungsnetzes am Preis eines Clusters</translation>
    </message>
    <message>
        <source>Price of a GPU in its cluster, all in</source>
        <translation>Preis einer GPU in ihrem Cluster, alles inbegriffen</translation>
    </message>
    <message>
        <source>Left of that at the end of its life</source>
        <translation>Davon am Ende der Nutzung übrig</translation>
    </message>
    <message>
        <source>Useful life</source>
        <translation>Nutzungsdauer</translation>
    </message>
    <message>
        <source>Share of its life that it is busy</source>
        <translation>Anteil der Nutzungsdauer, den sie arbeitet</translation>
    </message>
    <message>
        <source>Yearly interest on the capital</source>
        <translation>Jährlicher Zins auf das Kapital</translation>
    </message>
    <message>
        <source>Power of a server, per GPU</source>
        <translation>Leistung eines Servers, je GPU</translation>
    </message>
    <message>
        <source>Average load of that</source>
        <translation>Mittlere Auslastung davon</translation>
    </message>
    <message>
        <source>Power overhead of the building (PUE)</source>
        <translation>Aufschlag des Gebäudes auf die Leistung (PUE)</translation>
    </message>
    <message>
        <source>Electricity price</source>
        <translation>Strompreis</translation>
    </message>
    <message>
        <source>Rent of space and cooling for provisioned power</source>
        <translation>Miete für Raum und Kühlung je bereitgestellter Leistung</translation>
    </message>
    <message>
        <source>Spares, insurance and licences, share of the price a year</source>
        <translation>Ersatzteile, Versicherung und Lizenzen, Anteil am Preis im Jahr</translation>
    </message>
    <message>
        <source>Productive share of the hours</source>
        <translation>Produktiver Anteil der Stunden</translation>
    </message>
    <message>
        <source>Share of the final run in all compute of its programme</source>
        <translation>Anteil des letzten Laufs an aller Rechenzeit seines Programms</translation>
    </message>
    <message>
        <source>Share of people in the cost of development</source>
        <translation>Anteil der Menschen an den Kosten der Entwicklung</translation>
    </message>
    <message>
        <source>Storage of data and checkpoints</source>
        <translation>Speicher für Daten und Checkpoints</translation>
    </message>
    <message>
        <source>Licences, crawling, cleaning, human labels</source>
        <translation>Lizenzen, Sammeln, Säubern, Bewertungen durch Menschen</translation>
    </message>
    <message>
        <source>Idle fleet, failed purchases, finance, taxes</source>
        <translation>Stehende Flotte, Fehlkäufe, Finanzierung, Steuern</translation>
    </message>
    <message>
        <source>Size of the cluster</source>
        <translation>Größe des Clusters</translation>
    </message>
    <message>
        <source>GPUs of Llama 3&apos;s run</source>
        <translation>GPUs von Llama 3s Lauf</translation>
    </message>
    <message>
        <source>Days that were watched</source>
        <translation>Beobachtete Tage</translation>
    </message>
    <message>
        <source>Unexpected stops in them</source>
        <translation>Unerwartete Unterbrechungen darin</translation>
    </message>
    <message>
        <source>Time to write a checkpoint</source>
        <translation>Zeit, einen Checkpoint zu schreiben</translation>
    </message>
    <message>
        <source>Time to start again after a stop</source>
        <translation>Zeit für den Neustart nach einer Unterbrechung</translation>
    </message>
    <message>
        <source>Hours of the run</source>
        <translation>Stunden des Laufs</translation>
    </message>
    <message>
        <source>Power of a GPU with its share of server and building</source>
        <translation>Leistung einer GPU mit ihrem Anteil an Server und Gebäude</translation>
    </message>
    <message>
        <source>Energy of the run</source>
        <translation>Energie des Laufs</translation>
    </message>
    <message>
        <source>Electricity of an hour</source>
        <translation>Strom einer Stunde</translation>
    </message>
    <message>
        <source>Capital of an hour, straight line</source>
        <translation>Kapital einer Stunde, linear</translation>
    </message>
    <message>
        <source>Capital of an hour with interest</source>
        <translation>Kapital einer Stunde mit Zins</translation>
    </message>
    <message>
        <source>Capital of an hour by fall of prices</source>
        <translation>Kapital einer Stunde nach Preisverfall</translation>
    </message>
    <message>
        <source>An hour by Epoch AI&apos;s lens</source>
        <translation>Eine Stunde in der Sicht von Epoch AI</translation>
    </message>
    <message>
        <source>An hour by straight line</source>
        <translation>Eine Stunde bei linearer Abschreibung</translation>
    </message>
    <message>
        <source>Space of an hour</source>
        <translation>Raum einer Stunde</translation>
    </message>
    <message>
        <source>Maintenance of an hour</source>
        <translation>Wartung einer Stunde</translation>
    </message>
    <message>
        <source>An owned hour, everything</source>
        <translation>Eine eigene Stunde, alles</translation>
    </message>
    <message>
        <source>GPU-hours between two stops, as of Llama 3</source>
        <translation>GPU-Stunden zwischen zwei Unterbrechungen, wie bei Llama 3</translation>
    </message>
    <message>
        <source>Hours between two stops of this cluster</source>
        <translation>Stunden zwischen zwei Unterbrechungen dieses Clusters</translation>
    </message>
    <message>
        <source>Best time between two checkpoints (Young)</source>
        <translation>Beste Zeit zwischen zwei Checkpoints (Young)</translation>
    </message>
    <message>
        <source>Goodput to be expected of that</source>
        <translation>Goodput, der damit zu erwarten ist</translation>
    </message>
    <message>
        <source>Full cost of owning</source>
        <translation>Volle Kosten des Besitzes</translation>
    </message>
    <message>
        <source>This run on owned hardware, the experiments and failed runs that led to it, and the people. Storage, data and overheads stand at zero until somebody sets them; inference is not in it.</source>
        <translation>Dieser Lauf auf eigener Hardware, die Versuche und gescheiterten Läufe, die zu ihm führten, und die Menschen. Speicher, Daten und Gemeinkosten stehen auf null, bis jemand sie setzt; Inferenz ist nicht enthalten.</translation>
    </message>
    <message>
        <source>This run</source>
        <translation>Dieser Lauf</translation>
    </message>
    <message>
        <source>Ablations and failed runs</source>
        <translation>Ablationen und gescheiterte Läufe</translation>
    </message>
    <message>
        <source>People</source>
        <translation>Menschen</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>Overheads</source>
        <translation>Gemeinkosten</translation>
    </message>
    <message>
        <source>The official training of V3 alone. By the report itself without earlier research and ablation experiments on architectures, algorithms or data; also without people, data and the cluster&apos;s idle time.</source>
        <translation>Allein das offizielle Training von V3. Nach dem Bericht selbst ohne frühere Forschung und Ablationen zu Architekturen, Algorithmen oder Daten; auch ohne Menschen, Daten und die Leerzeit des Clusters.</translation>
    </message>
    <message>
        <source>Rent</source>
        <translation>Miete</translation>
    </message>
    <message>
        <source>Epoch AI: capital by fall of prices</source>
        <translation>Epoch AI: Kapital nach Preisverfall</translation>
    </message>
    <message>
        <source>This run alone: what its hours took off the market value of the hardware, the interconnect, electricity. Prices had not begun to fall before use.</source>
        <translation>Dieser Lauf allein: was seine Stunden vom Marktwert der Hardware nahmen, das Verbindungsnetz, Strom. Die Preise waren vor der Nutzung noch nicht gefallen.</translation>
    </message>
    <message>
        <source>Servers</source>
        <translation>Server</translation>
    </message>
    <message>
        <source>Interconnect</source>
        <translation>Verbindungsnetz</translation>
    </message>
    <message>
        <source>Electricity</source>
        <translation>Strom</translation>
    </message>
    <message>
        <source>Straight line</source>
        <translation>Lineare Abschreibung</translation>
    </message>
    <message>
        <source>This run alone: its share of the life of the cluster, electricity.</source>
        <translation>Dieser Lauf allein: sein Anteil an der Nutzungsdauer des Clusters, Strom.</translation>
    </message>
    <message>
        <source>Cluster, all in</source>
        <translation>Cluster, alles inbegriffen</translation>
    </message>
    <message>
        <source>Annuity</source>
        <translation>Annuität</translation>
    </message>
    <message>
        <source>This run alone: what its hours must earn to pay the cluster back with interest, electricity.</source>
        <translation>Dieser Lauf allein: was seine Stunden verdienen müssen, um den Cluster mit Zins abzuzahlen, Strom.</translation>
    </message>
    <message>
        <source>Cluster, all in, with interest</source>
        <translation>Cluster, alles inbegriffen, mit Zins</translation>
    </message>
    <message>
        <source>Owned hours</source>
        <translation>Eigene Stunden</translation>
    </message>
    <message>
        <source>This run&apos;s productive hours on owned hardware: cluster, electricity, space. Nothing that was lost or waited for, no experiments, no people.</source>
        <translation>Die produktiven Stunden dieses Laufs auf eigener Hardware: Cluster, Strom, Raum. Nichts, was verloren ging oder gewartet wurde, keine Versuche, keine Menschen.</translation>
    </message>
    <message>
        <source>With goodput</source>
        <translation>Mit Goodput</translation>
    </message>
    <message>
        <source>This run on owned hardware with the hours that brought no step further. No experiments, no people.</source>
        <translation>Dieser Lauf auf eigener Hardware mit den Stunden, die keinen Schritt weiter brachten. Keine Versuche, keine Menschen.</translation>
    </message>
    <message>
        <source>Hours that were not productive</source>
        <translation>Stunden, die nicht produktiv waren</translation>
    </message>
    <message>
        <source>With the programme</source>
        <translation>Mit dem Programm</translation>
    </message>
    <message>
        <source>The same with the ablations and failed runs around it. No people.</source>
        <translation>Dasselbe mit den Ablationen und gescheiterten Läufen darum herum. Keine Menschen.</translation>
    </message>
    <message>
        <source>With the people</source>
        <translation>Mit den Menschen</translation>
    </message>
    <message>
        <source>The same with the people who did it. Data, storage and overheads are not in it; inference is a book of its own.</source>
        <translation>Dasselbe mit den Menschen, die es taten. Daten, Speicher und Gemeinkosten sind nicht enthalten; Inferenz ist ein Buch für sich.</translation>
    </message>
    <message>
        <source>DeepSeek-V3, as its report counts</source>
        <translation>DeepSeek-V3, wie sein Bericht zählt</translation>
    </message>
    <message>
        <source>The price is an assumption of the report: what renting an H800 would cost. DeepSeek owns its cluster.</source>
        <translation>Der Preis ist eine Annahme des Berichts: was eine H800 zu mieten kosten würde. DeepSeek besitzt seinen Cluster.</translation>
    </message>
    <message>
        <source>Tokens of pre-training</source>
        <translation>Token des Vortrainings</translation>
    </message>
    <message>
        <source>Tokens of pre-training per GPU and second</source>
        <translation>Token des Vortrainings je GPU und Sekunde</translation>
    </message>
    <message>
        <source>Price of a million training tokens</source>
        <translation>Preis einer Million Trainings-Token</translation>
    </message>
    <message>
        <source>Days of pre-training</source>
        <translation>Tage des Vortrainings</translation>
    </message>
    <message>
        <source>Days in all</source>
        <translation>Tage insgesamt</translation>
    </message>
    <message>
        <source>Pre-training</source>
        <translation>Vortraining</translation>
    </message>
    <message>
        <source>Context extension</source>
        <translation>Kontexterweiterung</translation>
    </message>
    <message>
        <source>Post-training</source>
        <translation>Nachtraining</translation>
    </message>
    <message>
        <source>DeepSeek-V3 with the research around it</source>
        <translation>DeepSeek-V3 mit der Forschung darum herum</translation>
    </message>
    <message>
        <source>Nobody outside knows DeepSeek&apos;s share. The range says how much hangs on it.</source>
        <translation>Niemand außerhalb kennt DeepSeeks Anteil. Die Spanne sagt, wie viel daran hängt.</translation>
    </message>
    <message>
        <source>Headline of the final run</source>
        <translation>Schlagzeile des letzten Laufs</translation>
    </message>
    <message>
        <source>All compute of the programme</source>
        <translation>Alle Rechenzeit des Programms</translation>
    </message>
    <message>
        <source>The final run with ablations and failed runs, at the report&apos;s rental price; without people.</source>
        <translation>Der letzte Lauf mit Ablationen und gescheiterten Läufen, zum Mietpreis des Berichts; ohne Menschen.</translation>
    </message>
    <message>
        <source>Final run</source>
        <translation>Letzter Lauf</translation>
    </message>
    <message>
        <source>Compute and people</source>
        <translation>Rechenzeit und Menschen</translation>
    </message>
    <message>
        <source>The same with the people who did it.</source>
        <translation>Dasselbe mit den Menschen, die es taten.</translation>
    </message>
    <message>
        <source>From V3&apos;s headline to the fleet</source>
        <translation>Von V3s Schlagzeile zur Flotte</translation>
    </message>
    <message>
        <source>Each step changes either what an hour costs or what is counted. Pay is in neither end: both leave people out.</source>
        <translation>Jeder Schritt ändert entweder, was eine Stunde kostet, oder was gezählt wird. Gehälter stecken in keinem Ende: beide lassen Menschen weg.</translation>
    </message>
    <message>
        <source>A100</source>
        <translation>A100</translation>
    </message>
    <message>
        <source>H20</source>
        <translation>H20</translation>
    </message>
    <message>
        <source>H800</source>
        <translation>H800</translation>
    </message>
    <message>
        <source>H100</source>
        <translation>H100</translation>
    </message>
    <message>
        <source>Servers per A100</source>
        <translation>Server je A100</translation>
    </message>
    <message>
        <source>Servers per H20</source>
        <translation>Server je H20</translation>
    </message>
    <message>
        <source>Servers per H800</source>
        <translation>Server je H800</translation>
    </message>
    <message>
        <source>Servers per H100</source>
        <translation>Server je H100</translation>
    </message>
    <message>
        <source>Operation of all, over the life</source>
        <translation>Betrieb aller, über die Nutzungsdauer</translation>
    </message>
    <message>
        <source>Of that the A100s</source>
        <translation>Davon die A100</translation>
    </message>
    <message>
        <source>Life of the hardware</source>
        <translation>Nutzungsdauer der Hardware</translation>
    </message>
    <message>
        <source>Years of the fleet that are counted at first</source>
        <translation>Jahre der Flotte, die zuerst gezählt werden</translation>
    </message>
    <message>
        <source>Share of the time that the fleet is busy</source>
        <translation>Anteil der Zeit, den die Flotte arbeitet</translation>
    </message>
    <message>
        <source>Servers of the Hoppers</source>
        <translation>Server der Hopper</translation>
    </message>
    <message>
        <source>Servers of the fleet</source>
        <translation>Server der Flotte</translation>
    </message>
    <message>
        <source>Hopper GPUs</source>
        <translation>Hopper-GPUs</translation>
    </message>
    <message>
        <source>A year of the fleet</source>
        <translation>Ein Jahr der Flotte</translation>
    </message>
    <message>
        <source>A year of the Hoppers</source>
        <translation>Ein Jahr der Hopper</translation>
    </message>
    <message>
        <source>An hour of a Hopper of the fleet</source>
        <translation>Eine Stunde eines Hoppers der Flotte</translation>
    </message>
    <message>
        <source>Hours of the programme</source>
        <translation>Stunden des Programms</translation>
    </message>
    <message>
        <source>The last total over the first</source>
        <translation>Die letzte Summe geteilt durch die erste</translation>
    </message>
    <message>
        <source>From the headline to four years of the fleet</source>
        <translation>Von der Schlagzeile zu vier Jahren der Flotte</translation>
    </message>
    <message>
        <source>Begins with this run at a rental price, ends with every GPU of the fleet over its life. People, data and research beyond compute are in none of the steps.</source>
        <translation>Beginnt mit diesem Lauf zum Mietpreis, endet mit jeder GPU der Flotte über ihre Nutzungsdauer. Menschen, Daten und Forschung jenseits von Rechenzeit sind in keinem der Schritte.</translation>
    </message>
    <message>
        <source>Headline: this run at a rental price</source>
        <translation>Schlagzeile: dieser Lauf zum Mietpreis</translation>
    </message>
    <message>
        <source>Own the hour instead of renting it</source>
        <translation>Die Stunde besitzen statt mieten</translation>
    </message>
    <message>
        <source>Experiments and failed runs</source>
        <translation>Versuche und gescheiterte Läufe</translation>
    </message>
    <message>
        <source>Everything else the Hoppers did in the year, and their idle time</source>
        <translation>Alles andere, was die Hopper in dem Jahr taten, und ihre Leerzeit</translation>
    </message>
    <message>
        <source>Other models, R1, serving, idle hours: not broken down by anybody.</source>
        <translation>Andere Modelle, R1, Betrieb, Leerstunden: von niemandem aufgeschlüsselt.</translation>
    </message>
    <message>
        <source>The A100s of the same year</source>
        <translation>Die A100 desselben Jahres</translation>
    </message>
    <message>
        <source>The other years of the fleet&apos;s life</source>
        <translation>Die anderen Jahre der Nutzungsdauer der Flotte</translation>
    </message>
    <message>
        <source>Gemini 1.0 Ultra by lens</source>
        <translation>Gemini 1.0 Ultra nach Sicht</translation>
    </message>
    <message>
        <source>The same model under several lenses; a figure without its lens says little.</source>
        <translation>Dasselbe Modell in mehreren Sichten; eine Zahl ohne ihre Sicht sagt wenig.</translation>
    </message>
    <message>
        <source>Hardware as it lost value, and electricity</source>
        <translation>Wertverlust der Hardware und Strom</translation>
    </message>
    <message>
        <source>Rent at cloud prices</source>
        <translation>Miete zu Cloud-Preisen</translation>
    </message>
    <message>
        <source>Purchase of the whole cluster</source>
        <translation>Kauf des ganzen Clusters</translation>
    </message>
    <message>
        <source>The final training run alone: no experiments, no people.</source>
        <translation>Allein der letzte Trainingslauf: keine Versuche, keine Menschen.</translation>
    </message>
    <message>
        <source>Training run</source>
        <translation>Trainingslauf</translation>
    </message>
    <message>
        <source>The final training run alone, its hours rented.</source>
        <translation>Allein der letzte Trainingslauf, seine Stunden gemietet.</translation>
    </message>
    <message>
        <source>All hardware that the run stood on, as if bought for it and worth nothing afterwards.</source>
        <translation>Alle Hardware, auf der der Lauf stand, als wäre sie für ihn gekauft und danach nichts mehr wert.</translation>
    </message>
    <message>
        <source>Hardware</source>
        <translation>Hardware</translation>
    </message>
    <message>
        <source>GPT-4 by lens</source>
        <translation>GPT-4 nach Sicht</translation>
    </message>
    <message>
        <source>What was said in public: more than 100 million</source>
        <translation>Was öffentlich gesagt wurde: mehr als 100 Millionen</translation>
    </message>
    <message>
        <source>Technical creation</source>
        <translation>Technische Entwicklung</translation>
    </message>
    <message>
        <source>Compute of the final run, by a range in the press.</source>
        <translation>Rechenzeit des letzten Laufs, nach einer Spanne in der Presse.</translation>
    </message>
    <message>
        <source>GPT-4.5 by lens</source>
        <translation>GPT-4.5 nach Sicht</translation>
    </message>
    <message>
        <source>GPT-4o by lens</source>
        <translation>GPT-4o nach Sicht</translation>
    </message>
    <message>
        <source>What was said of models like it: about 100 million</source>
        <translation>Was von solchen Modellen gesagt wurde: etwa 100 Millionen</translation>
    </message>
    <message>
        <source>Grok-3 by lens</source>
        <translation>Grok-3 nach Sicht</translation>
    </message>
    <message>
        <source>Llama 3.1 405B by lens</source>
        <translation>Llama 3.1 405B nach Sicht</translation>
    </message>
    <message>
        <source>DeepSeek&apos;s fleet, as SemiAnalysis estimates it</source>
        <translation>DeepSeeks Flotte, wie SemiAnalysis sie schätzt</translation>
    </message>
    <message>
        <source>A third party&apos;s estimate, disputed. It prices a fleet of 60,000 GPUs over four years, not a training.</source>
        <translation>Die Schätzung eines Dritten, bestritten. Sie bepreist eine Flotte von 60.000 GPUs über vier Jahre, kein Training.</translation>
    </message>
    <message>
        <source>In one version of the table the total of the server capital adds up three of its four columns: 1.3 instead of 1.6 billion.</source>
        <translation>In einer Fassung der Tabelle addiert die Summe des Serverkapitals drei ihrer vier Spalten: 1,3 statt 1,6 Milliarden.</translation>
    </message>
    <message>
        <source>The totals of its columns per GPU are sums of averages.</source>
        <translation>Die Summen ihrer Spalten je GPU sind Summen von Mittelwerten.</translation>
    </message>
    <message>
        <source>The row of the four-year total carries the wrong unit.</source>
        <translation>Die Zeile der Vierjahressumme trägt die falsche Einheit.</translation>
    </message>
    <message>
        <source>Whether DeepSeek had 50,000 Hopper GPUs at all is doubted.</source>
        <translation>Ob DeepSeek überhaupt 50.000 Hopper-GPUs hatte, wird bezweifelt.</translation>
    </message>
    <message>
        <source>The columns per GPU used here were not retrieved from the figure itself; they reproduce every total that was.</source>
        <translation>Die hier genutzten Spalten je GPU stammen nicht aus der Abbildung selbst; sie ergeben jede Summe, die bekannt ist.</translation>
    </message>
    <message>
        <source>Years that are counted in the lenses of one year</source>
        <translation>Jahre, die in den Sichten eines Jahres gezählt werden</translation>
    </message>
    <message>
        <source>A year of the Hoppers, as corrected</source>
        <translation>Ein Jahr der Hopper, berichtigt</translation>
    </message>
    <message>
        <source>Hours of V3</source>
        <translation>Stunden von V3</translation>
    </message>
    <message>
        <source>An hour of any GPU of the fleet, always busy</source>
        <translation>Eine Stunde irgendeiner GPU der Flotte, immer beschäftigt</translation>
    </message>
    <message>
        <source>An hour of a Hopper</source>
        <translation>Eine Stunde eines Hoppers</translation>
    </message>
    <message>
        <source>V3&apos;s hours over a year of the Hoppers</source>
        <translation>V3s Stunden geteilt durch ein Jahr der Hopper</translation>
    </message>
    <message>
        <source>The fleet&apos;s four years over V3&apos;s headline</source>
        <translation>Vier Jahre der Flotte geteilt durch V3s Schlagzeile</translation>
    </message>
    <message>
        <source>Fleet over its life</source>
        <translation>Flotte über ihre Nutzungsdauer</translation>
    </message>
    <message>
        <source>Servers and four years of operation of all GPUs, whatever they did; without people, research and data.</source>
        <translation>Server und vier Jahre Betrieb aller GPUs, was immer sie taten; ohne Menschen, Forschung und Daten.</translation>
    </message>
    <message>
        <source>Servers with A100</source>
        <translation>Server mit A100</translation>
    </message>
    <message>
        <source>Servers with H20</source>
        <translation>Server mit H20</translation>
    </message>
    <message>
        <source>Servers with H800</source>
        <translation>Server mit H800</translation>
    </message>
    <message>
        <source>Servers with H100</source>
        <translation>Server mit H100</translation>
    </message>
    <message>
        <source>Operation</source>
        <translation>Betrieb</translation>
    </message>
    <message>
        <source>All 60,000 GPUs, a quarter of servers and operation.</source>
        <translation>Alle 60.000 GPUs, ein Viertel von Servern und Betrieb.</translation>
    </message>
    <message>
        <source>The 50,000 Hopper GPUs, a quarter of servers and operation.</source>
        <translation>Die 50.000 Hopper-GPUs, ein Viertel von Servern und Betrieb.</translation>
    </message>
    <message>
        <source>V3&apos;s hours at the fleet&apos;s price</source>
        <translation>V3s Stunden zum Preis der Flotte</translation>
    </message>
    <message>
        <source>The hours of V3&apos;s report at what an hour of this fleet costs. Less than the headline: the price of an hour does not explain the gap, the scope does.</source>
        <translation>Die Stunden aus V3s Bericht zu dem, was eine Stunde dieser Flotte kostet. Weniger als die Schlagzeile: Nicht der Preis einer Stunde erklärt die Lücke, sondern der Umfang.</translation>
    </message>
    <message>
        <source>V3&apos;s hours</source>
        <translation>V3s Stunden</translation>
    </message>
    <message>
        <source>This machine</source>
        <translation>Diese Maschine</translation>
    </message>
    <message>
        <source>Set watts to what a meter shows, tariff to your bill, purchase_per_thread to what you paid.</source>
        <translation>Setzen Sie die Leistung (watts) auf das, was ein Messgerät zeigt, den Strompreis (tariff) nach Ihrer Rechnung, purchase_per_thread auf das, was Sie zahlten.</translation>
    </message>
    <message>
        <source>Threads that train</source>
        <translation>Threads, die trainieren</translation>
    </message>
    <message>
        <source>Hours of the machine</source>
        <translation>Stunden der Maschine</translation>
    </message>
    <message>
        <source>Rent of a thread in the cloud</source>
        <translation>Miete eines Threads in der Cloud</translation>
    </message>
    <message>
        <source>Price of the machine, per thread</source>
        <translation>Preis der Maschine, je Thread</translation>
    </message>
    <message>
        <source>Power while training; zero: estimated by threads</source>
        <translation>Leistung beim Training; null: nach Threads geschätzt</translation>
    </message>
    <message>
        <source>Power of a busy thread</source>
        <translation>Leistung eines beschäftigten Threads</translation>
    </message>
    <message>
        <source>Power</source>
        <translation>Leistung</translation>
    </message>
    <message>
        <source>Energy</source>
        <translation>Energie</translation>
    </message>
    <message>
        <source>Capital of an hour</source>
        <translation>Kapital einer Stunde</translation>
    </message>
    <message>
        <source>This run alone, on rented processors.</source>
        <translation>Dieser Lauf allein, auf gemieteten Prozessoren.</translation>
    </message>
    <message>
        <source>This run on the owned machine, the experiments around it, and the people.</source>
        <translation>Dieser Lauf auf der eigenen Maschine, die Versuche darum herum und die Menschen.</translation>
    </message>
    <message>
        <source>Machine</source>
        <translation>Maschine</translation>
    </message>
    <message>
        <source>This run&apos;s productive hours on the owned machine: its share of the machine&apos;s life, electricity. Nothing that was lost or waited for, no experiments, no people.</source>
        <translation>Die produktiven Stunden dieses Laufs auf der eigenen Maschine: ihr Anteil an der Nutzungsdauer, Strom. Nichts, was verloren ging oder gewartet wurde, keine Versuche, keine Menschen.</translation>
    </message>
    <message>
        <source>This run on the owned machine with the hours that brought no step further: checkpoints, evaluation, stalls, restarts, work lost. No experiments, no people.</source>
        <translation>Dieser Lauf auf der eigenen Maschine mit den Stunden, die keinen Schritt weiter brachten: Checkpoints, Auswertung, Stockungen, Neustarts, verlorene Arbeit. Keine Versuche, keine Menschen.</translation>
    </message>
    <message>
        <source>The same with the experiments and failed runs around it. No people.</source>
        <translation>Dasselbe mit den Versuchen und gescheiterten Läufen darum herum. Keine Menschen.</translation>
    </message>
    <message>
        <source>The same with the people who did it. Data and overheads are not in it; inference is a book of its own.</source>
        <translation>Dasselbe mit den Menschen, die es taten. Daten und Gemeinkosten sind nicht enthalten; Inferenz ist ein Buch für sich.</translation>
    </message>
    <message>
        <source>A run of yours, extrapolated to V3&apos;s scale (extrapolation)</source>
        <translation>Ein eigener Lauf, auf V3s Größe hochgerechnet (Hochrechnung)</translation>
    </message>
    <message>
        <source>An extrapolation, not an estimate of V3: a small run reaches neither V3&apos;s efficiency nor V3&apos;s trouble, and a processor is no cluster. Give a run with --run.</source>
        <translation>Eine Hochrechnung, keine Schätzung von V3: Ein kleiner Lauf erreicht weder V3s Effizienz noch V3s Schwierigkeiten, und ein Prozessor ist kein Cluster. Geben Sie einen Lauf mit --run an.</translation>
    </message>
    <message>
        <source>Threads that trained</source>
        <translation>Threads, die trainierten</translation>
    </message>
    <message>
        <source>FLOPs that the run&apos;s model needed</source>
        <translation>FLOPs, die das Modell des Laufs brauchte</translation>
    </message>
    <message>
        <source>MFU of the run</source>
        <translation>MFU des Laufs</translation>
    </message>
    <message>
        <source>Active parameters of V3</source>
        <translation>Aktive Parameter von V3</translation>
    </message>
    <message>
        <source>Tokens of V3&apos;s pre-training</source>
        <translation>Token von V3s Vortraining</translation>
    </message>
    <message>
        <source>FLOPs for each active parameter and token</source>
        <translation>FLOPs je aktivem Parameter und Token</translation>
    </message>
    <message>
        <source>Dense BF16 peak of an H800</source>
        <translation>Dichte BF16-Spitze einer H800</translation>
    </message>
    <message>
        <source>FLOPs of V3&apos;s pre-training, 6ND</source>
        <translation>FLOPs von V3s Vortraining, 6ND</translation>
    </message>
    <message>
        <source>Times the run</source>
        <translation>Vielfaches des Laufs</translation>
    </message>
    <message>
        <source>Hours of H800s at the run&apos;s MFU</source>
        <translation>Stunden von H800 mit der MFU des Laufs</translation>
    </message>
    <message>
        <source>Hours of this machine</source>
        <translation>Stunden dieser Maschine</translation>
    </message>
    <message>
        <source>Extrapolation: V3&apos;s FLOPs at what this run paid for its own</source>
        <translation>Hochrechnung: V3s FLOPs zu dem, was dieser Lauf für seine zahlte</translation>
    </message>
    <message>
        <source>As if this machine went on until it had done V3&apos;s pre-training FLOPs. Not a price that anybody could pay.</source>
        <translation>Als liefe diese Maschine weiter, bis sie V3s Vortrainings-FLOPs gerechnet hätte. Kein Preis, den jemand zahlen könnte.</translation>
    </message>
    <message>
        <source>V3&apos;s FLOPs on machines like this one</source>
        <translation>V3s FLOPs auf Maschinen wie dieser</translation>
    </message>
    <message>
        <source>Extrapolation: H800s at the MFU of this run</source>
        <translation>Hochrechnung: H800 mit der MFU dieses Laufs</translation>
    </message>
    <message>
        <source>V3&apos;s pre-training FLOPs on H800s that reach the share of their BF16 peak that this run reached of its machine&apos;s.</source>
        <translation>V3s Vortrainings-FLOPs auf H800, die den Anteil ihrer BF16-Spitze erreichen, den dieser Lauf von der seiner Maschine erreichte.</translation>
    </message>
    <message>
        <source>V3&apos;s FLOPs on H800s</source>
        <translation>V3s FLOPs auf H800</translation>
    </message>
    <message>
        <source>Hours of the GPU</source>
        <translation>Stunden der GPU</translation>
    </message>
    <message>
        <source>Rental price</source>
        <translation>Mietpreis</translation>
    </message>
    <message>
        <source>This run alone, as if each of its device-hours had been one of this GPU.</source>
        <translation>Dieser Lauf allein, als wäre jede seiner Gerätestunden eine dieser GPU gewesen.</translation>
    </message>
    <message>
        <source>As the sources have it the only step of price, and it leads down. An hour is that of the fleet&apos;s average Hopper; three in five of them are H20s, which compute less than the H800s that V3 was trained on.</source>
        <translation>So wie die Quellen es haben, der einzige Schritt des Preises, und er führt nach unten. Eine Stunde ist die des mittleren Hoppers der Flotte; drei von fünf sind H20, die weniger rechnen als die H800, auf denen V3 trainiert wurde.</translation>
    </message>
</context>
<context>
    <name>CostModelsPanel</name>
    <message>
        <source>× largest over smallest</source>
        <translation>× größte durch kleinste</translation>
    </message>
    <message>
        <source>line: 5 to 95 % of the ranges</source>
        <translation>Strich: 5 bis 95 % der Spannen</translation>
    </message>
    <message>
        <source>hollow: claimed</source>
        <translation>hohl: behauptet</translation>
    </message>
</context>
<context>
    <name>CostRows</name>
    <message>
        <source>✎ edited · ! claimed or disputed · ? not published</source>
        <translation>✎ geändert · ! behauptet oder bestritten · ? nicht veröffentlicht</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>Summe</translation>
    </message>
    <message>
        <source>5 to 95 %: %1 to %2</source>
        <translation>5 bis 95 %: %1 bis %2</translation>
    </message>
    <message>
        <source>From %1 to %2: %3 times. Steps of price: %4. Steps of scope: %5.</source>
        <translation>Von %1 zu %2: das %3-Fache. Schritte des Preises: %4. Schritte des Umfangs: %5.</translation>
    </message>
    <message>
        <source>&lt;p&gt;&lt;b&gt;%1&lt;/b&gt;&lt;/p&gt;&lt;p&gt;At %2 the total is %3 (hollow), at %4 it is %5 (filled); all other inputs as they are.&lt;/p&gt;&lt;p&gt;Source: %6, %7&lt;/p&gt;</source>
        <translation>&lt;p&gt;&lt;b&gt;%1&lt;/b&gt;&lt;/p&gt;&lt;p&gt;Bei %2 ist die Summe %3 (hohl), bei %4 ist sie %5 (gefüllt); alle anderen Eingaben, wie sie sind.&lt;/p&gt;&lt;p&gt;Quelle: %6, %7&lt;/p&gt;</translation>
    </message>
    <message>
        <source>start</source>
        <comment>the step that a waterfall begins with</comment>
        <translation>Beginn</translation>
    </message>
    <message>
        <source>Total without one step</source>
        <translation>Summe ohne einen Schritt</translation>
    </message>
    <message>
        <source>Total without %1 steps</source>
        <translation>Summe ohne %1 Schritte</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <comment>the ends of an input&apos;s range</comment>
        <translation>%1 bis %2</translation>
    </message>
</context>
<context>
    <name>CostRunSide</name>
    <message>
        <source>What is in this lens, and what is not; of a step that is opened, its formula and source</source>
        <translation>Was in dieser Sicht enthalten ist und was nicht; von einem geöffneten Schritt Formel und Quelle</translation>
    </message>
</context>
<context>
    <name>CostTwins</name>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>Steps of: %1</source>
        <translation>Schritte von: %1</translation>
    </message>
    <message>
        <source>step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>axis or book</source>
        <translation>Achse oder Buch</translation>
    </message>
    <message>
        <source>amount (USD)</source>
        <translation>Betrag (USD)</translation>
    </message>
    <message>
        <source>low (USD)</source>
        <translation>unten (USD)</translation>
    </message>
    <message>
        <source>high (USD)</source>
        <translation>oben (USD)</translation>
    </message>
    <message>
        <source>total after it (USD)</source>
        <translation>Summe danach (USD)</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>weggelassen</translation>
    </message>
    <message>
        <source>edited</source>
        <translation>geändert</translation>
    </message>
    <message>
        <source>incomplete</source>
        <translation>unvollständig</translation>
    </message>
    <message>
        <source>formula</source>
        <translation>Formel</translation>
    </message>
    <message>
        <source>lens</source>
        <translation>Sicht</translation>
    </message>
    <message>
        <source>source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>date</source>
        <translation>Datum</translation>
    </message>
    <message>
        <source>Inputs</source>
        <translation>Eingaben</translation>
    </message>
    <message>
        <source>input</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>unit</source>
        <translation>Einheit</translation>
    </message>
    <message>
        <source>low</source>
        <translation>unten</translation>
    </message>
    <message>
        <source>high</source>
        <translation>oben</translation>
    </message>
    <message>
        <source>basis</source>
        <translation>Grundlage</translation>
    </message>
    <message>
        <source>key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>What matters most</source>
        <translation>Worauf es am meisten ankommt</translation>
    </message>
    <message>
        <source>total at its low end (USD)</source>
        <translation>Summe am unteren Ende (USD)</translation>
    </message>
    <message>
        <source>total at its high end (USD)</source>
        <translation>Summe am oberen Ende (USD)</translation>
    </message>
</context>
<context>
    <name>CostWords</name>
    <message>
        <source>“%1”</source>
        <translation>„%1“</translation>
    </message>
    <message>
        <source>published</source>
        <translation>veröffentlicht</translation>
    </message>
    <message>
        <source>assumed</source>
        <translation>angenommen</translation>
    </message>
    <message>
        <source>measured</source>
        <translation>gemessen</translation>
    </message>
    <message>
        <source>claimed</source>
        <translation>behauptet</translation>
    </message>
    <message>
        <source>not published</source>
        <translation>nicht veröffentlicht</translation>
    </message>
    <message>
        <source>price</source>
        <translation>Preis</translation>
    </message>
    <message>
        <source>scope</source>
        <translation>Umfang</translation>
    </message>
    <message>
        <source>A step of price: what an hour costs. What is counted stays the same.</source>
        <translation>Ein Schritt des Preises: was eine Stunde kostet. Was gezählt wird, bleibt gleich.</translation>
    </message>
    <message>
        <source>A step of scope: what is counted. What an hour costs stays the same.</source>
        <translation>Ein Schritt des Umfangs: was gezählt wird. Was eine Stunde kostet, bleibt gleich.</translation>
    </message>
    <message>
        <source>Book A, headline: hours of this run at a rental price.</source>
        <translation>Buch A, Schlagzeile: Stunden dieses Laufs zum Mietpreis.</translation>
    </message>
    <message>
        <source>Book B, owned hour: capital, energy, space, network, operation.</source>
        <translation>Buch B, eigene Stunde: Kapital, Energie, Raum, Netz, Betrieb.</translation>
    </message>
    <message>
        <source>Book C, run: this run&apos;s hours at the owned price.</source>
        <translation>Buch C, Lauf: die Stunden dieses Laufs zum Preis eigener Hardware.</translation>
    </message>
    <message>
        <source>Book D, programme: failed runs, ablations, data generation.</source>
        <translation>Buch D, Programm: gescheiterte Läufe, Ablationen, erzeugte Daten.</translation>
    </message>
    <message>
        <source>Book E, people: pay with what comes on top.</source>
        <translation>Buch E, Menschen: Gehälter mit allem, was dazukommt.</translation>
    </message>
    <message>
        <source>Book F, data and what keeps it.</source>
        <translation>Buch F, Daten und was sie aufbewahrt.</translation>
    </message>
    <message>
        <source>Book G, overheads: idle fleet, failed purchases, finance.</source>
        <translation>Buch G, Gemeinkosten: stehende Flotte, Fehlkäufe, Finanzierung.</translation>
    </message>
    <message>
        <source>Book I, inference: serving what was trained. A book apart.</source>
        <translation>Buch I, Inferenz: Betrieb des trainierten Modells. Ein Buch für sich.</translation>
    </message>
    <message>
        <source>Lens: %1</source>
        <translation>Sicht: %1</translation>
    </message>
    <message>
        <source>Source: %1, %2</source>
        <comment>of a number, and its date</comment>
        <translation>Quelle: %1, %2</translation>
    </message>
    <message>
        <source>Edited: somebody has changed an input.</source>
        <translation>Geändert: Jemand hat eine Eingabe verändert.</translation>
    </message>
    <message>
        <source>Incomplete: an input is not published and stands at what leaves it out.</source>
        <translation>Unvollständig: Eine Eingabe ist nicht veröffentlicht und steht auf dem Wert, der sie weglässt.</translation>
    </message>
    <message>
        <source>Left out of the total.</source>
        <translation>In der Summe weggelassen.</translation>
    </message>
    <message>
        <source>Band: 5 % and 95 % quantiles of 4,096 draws of all inputs from their ranges, with a fixed seed.</source>
        <translation>Band: 5-%- und 95-%-Quantil aus 4.096 Ziehungen aller Eingaben aus ihren Spannen, mit festem Startwert.</translation>
    </message>
    <message>
        <source>Claimed, without proof or disputed: %1.</source>
        <translation>Behauptet, ohne Beleg oder bestritten: %1.</translation>
    </message>
    <message>
        <source>Not published by anybody, so left out until you set it: %1.</source>
        <translation>Von niemandem veröffentlicht, also weggelassen, bis Sie es setzen: %1.</translation>
    </message>
    <message>
        <source>This step of scope is below zero: what stands above it already counts more than there is.</source>
        <translation>Dieser Schritt des Umfangs liegt unter null: Was über ihm steht, zählt schon mehr, als da ist.</translation>
    </message>
    <message>
        <source>“%1” is %2</source>
        <comment>an input and a value</comment>
        <translation>„%1“ %2 beträgt</translation>
    </message>
    <message>
        <source>It vanishes if, within what the sources allow: %1.</source>
        <translation>Er verschwindet, wenn, wie die Quellen es zulassen, %1.</translation>
    </message>
    <message>
        <source>, or </source>
        <translation> oder </translation>
    </message>
    <message>
        <source>It vanishes if, beyond what the sources say: %1.</source>
        <translation>Er verschwindet, wenn, jenseits dessen, was die Quellen sagen, %1.</translation>
    </message>
    <message>
        <source>No single input makes this vanish, unless a factor of it is nothing.</source>
        <translation>Keine einzelne Eingabe lässt dies verschwinden, es sei denn, ein Faktor ist nichts.</translation>
    </message>
    <message>
        <source>Known defect of the source: %1</source>
        <translation>Bekannter Fehler der Quelle: %1</translation>
    </message>
</context>
<context>
    <name>EventText</name>
    <message>
        <source>%1 on %2: %3M parameters, %4M active, %5; %6 tokens a step</source>
        <translation>%1 auf %2: %3M Parameter, %4M aktiv, %5; %6 Token je Schritt</translation>
    </message>
    <message>
        <source>%1 buffers are planned, %2 of memory are held</source>
        <translation>%1 Puffer sind geplant, %2 Speicher sind belegt</translation>
    </message>
    <message>
        <source>validation loss %1 nats per token, %2 bits per byte, MaxVio %3</source>
        <translation>Validierungs-Loss %1 nats je Token, %2 Bit je Byte, MaxVio %3</translation>
    </message>
    <message>
        <source>saved %1</source>
        <translation>gespeichert: %1</translation>
    </message>
    <message>
        <source>the learning rate was planned over %1 steps and stays at %2 beyond them</source>
        <translation>die Lernrate war über %1 Schritte geplant und bleibt danach bei %2</translation>
    </message>
    <message>
        <source>the learning rate is planned over %1 steps instead of %2, and goes from %3 to %4</source>
        <translation>die Lernrate ist über %1 statt %2 Schritte geplant und geht von %3 auf %4</translation>
    </message>
    <message>
        <source>loss %1 and gradient norm %2 are not finite; the weights were left as they are. Lower the learning rate or go back to a checkpoint.</source>
        <translation>Loss %1 und Gradientennorm %2 sind nicht endlich; die Gewichte blieben, wie sie sind. Die Lernrate senken oder zu einem Checkpoint zurückgehen.</translation>
    </message>
    <message>
        <source>the loss jumped to %1 from about %2 nats.</source>
        <translation>der Loss sprang auf %1 von etwa %2 nats.</translation>
    </message>
    <message>
        <source>the busiest experts get %1 times their fair share (MaxVio %2). Raise bias_update_speed or the balance loss.</source>
        <translation>die am stärksten belasteten Experten bekommen das %1-Fache ihres gerechten Anteils (MaxVio %2). bias_update_speed oder den Balance-Loss erhöhen.</translation>
    </message>
    <message>
        <source>the tokens of layer %1 go to %2 of its %3 experts, as their entropy counts. Raise bias_update_speed or the balance loss.</source>
        <translation>die Token der Schicht %1 gehen, nach ihrer Entropie gezählt, an %2 ihrer %3 Experten. bias_update_speed oder den Balance-Loss erhöhen.</translation>
    </message>
    <message>
        <source>the loads of the experts of layer %1 are spread by %2 of their mean (CV; by chance %3). Raise bias_update_speed or the balance loss.</source>
        <translation>die Lasten der Experten der Schicht %1 streuen um das %2-Fache ihres Mittels (CV; durch Zufall %3). bias_update_speed oder den Balance-Loss erhöhen.</translation>
    </message>
    <message>
        <source>the idlest expert of layer %1 gets %2 % of its fair share (MinVio %3). Raise bias_update_speed or the balance loss.</source>
        <translation>der am wenigsten belastete Experte der Schicht %1 bekommt %2 % seines gerechten Anteils (MinVio %3). bias_update_speed oder den Balance-Loss erhöhen.</translation>
    </message>
    <message>
        <source>%1 of %2 experts of layer %3 have had no token for %4 steps.</source>
        <translation>%1 von %2 Experten der Schicht %3 hatten seit %4 Schritten kein Token.</translation>
    </message>
    <message>
        <source>layer %1, expert %2 is off</source>
        <translation>Schicht %1, Experte %2 ist aus</translation>
    </message>
    <message>
        <source>layer %1, expert %2 is on</source>
        <translation>Schicht %1, Experte %2 ist an</translation>
    </message>
    <message>
        <source>layer %1, expert %2 has a bias of %3</source>
        <translation>Schicht %1, Experte %2 hat den Bias %3</translation>
    </message>
    <message>
        <source>balancing is forced: experts are dealt out in turn</source>
        <translation>Ausgleich ist erzwungen: Experten werden reihum verteilt</translation>
    </message>
    <message>
        <source>balancing is learned</source>
        <translation>Ausgleich wird gelernt</translation>
    </message>
    <message>
        <source>all experts are on, balancing is learned</source>
        <translation>alle Experten sind an, Ausgleich wird gelernt</translation>
    </message>
    <message>
        <source>all experts are on, balancing is forced</source>
        <translation>alle Experten sind an, Ausgleich ist erzwungen</translation>
    </message>
    <message>
        <source>preparing</source>
        <translation>in Vorbereitung</translation>
    </message>
    <message>
        <source>running</source>
        <translation>trainiert</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>finished: stopped</source>
        <translation>fertig: angehalten auf Wunsch</translation>
    </message>
    <message>
        <source>finished: max steps reached</source>
        <translation>fertig: alle Schritte getan</translation>
    </message>
    <message>
        <source>finished: max tokens reached</source>
        <translation>fertig: alle Token gesehen</translation>
    </message>
    <message>
        <source>finished: max minutes reached</source>
        <translation>fertig: die Zeit ist um</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>gescheitert</translation>
    </message>
    <message>
        <source>step %1: %2</source>
        <comment>a line of the log</comment>
        <translation>Schritt %1: %2</translation>
    </message>
</context>
<context>
    <name>Export</name>
    <message>
        <source>step %1</source>
        <translation>Schritt %1</translation>
    </message>
</context>
<context>
    <name>Language</name>
    <message>
        <source>Language of the system</source>
        <translation>Sprache des Systems</translation>
    </message>
</context>
<context>
    <name>LogKind</name>
    <message>
        <source>start</source>
        <translation>Beginn</translation>
    </message>
    <message>
        <source>state</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>validation</source>
        <translation>Validierung</translation>
    </message>
    <message>
        <source>sample</source>
        <translation>Textprobe</translation>
    </message>
    <message>
        <source>checkpoint</source>
        <translation>Checkpoint</translation>
    </message>
    <message>
        <source>setting</source>
        <translation>Einstellung</translation>
    </message>
    <message>
        <source>routing</source>
        <translation>Routing</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>not a number</source>
        <translation>keine Zahl</translation>
    </message>
    <message>
        <source>loss spike</source>
        <translation>Loss-Spitze</translation>
    </message>
    <message>
        <source>dead experts</source>
        <translation>tote Experten</translation>
    </message>
    <message>
        <source>imbalance</source>
        <translation>Ungleichgewicht</translation>
    </message>
    <message>
        <source>storage</source>
        <translation>Ablage</translation>
    </message>
    <message>
        <source>starved experts</source>
        <translation>hungernde Experten</translation>
    </message>
    <message>
        <source>entropy</source>
        <translation>Entropie</translation>
    </message>
    <message>
        <source>variation</source>
        <translation>Streuung</translation>
    </message>
    <message>
        <source>history</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>schedule</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>note</source>
        <translation>Hinweis</translation>
    </message>
</context>
<context>
    <name>Memory</name>
    <message>
        <source>weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <source>The parameters that are trained, and the biases of experts. As long as the run.</source>
        <translation>Die Parameter, die trainiert werden, und die Biases der Experten. So lange wie der Lauf.</translation>
    </message>
    <message>
        <source>gradients</source>
        <translation>Gradienten</translation>
    </message>
    <message>
        <source>One value a parameter, written by the backward pass. As long as the run.</source>
        <translation>Ein Wert je Parameter, vom Rückwärtsgang geschrieben. So lange wie der Lauf.</translation>
    </message>
    <message>
        <source>moments</source>
        <translation>Momente</translation>
    </message>
    <message>
        <source>AdamW remembers a mean and a square of each gradient (arXiv 1711.05101). As long as the run.</source>
        <translation>AdamW merkt sich zu jedem Gradienten ein Mittel und ein Quadrat (arXiv 1711.05101). So lange wie der Lauf.</translation>
    </message>
    <message>
        <source>packed weights</source>
        <translation>gepackte Gewichte</translation>
    </message>
    <message>
        <source>Copies of the matrices in bf16, laid out as the processor multiplies them: made anew once a step. As long as the run.</source>
        <translation>Kopien der Matrizen in bf16, so gelegt, wie der Prozessor sie multipliziert: einmal je Schritt neu gemacht. So lange wie der Lauf.</translation>
    </message>
    <message>
        <source>sums</source>
        <translation>Summen</translation>
    </message>
    <message>
        <source>Squares of experts&apos; gradients, for the norm that gradients are clipped by.</source>
        <translation>Quadrate der Gradienten von Experten, für die Norm, durch die Gradienten begrenzt werden.</translation>
    </message>
    <message>
        <source>activations</source>
        <translation>Aktivierungen</translation>
    </message>
    <message>
        <source>What the forward pass keeps for the backward pass. The setting recompute makes it smaller (DeepSeek-V3 report, section 3.2.3).</source>
        <translation>Was der Vorwärtsgang für den Rückwärtsgang behält. Die Einstellung recompute macht es kleiner (Bericht zu DeepSeek-V3, Abschnitt 3.2.3).</translation>
    </message>
    <message>
        <source>one layer</source>
        <translation>eine Schicht</translation>
    </message>
    <message>
        <source>Activations that are computed again in the backward pass: all layers use this place in turn.</source>
        <translation>Aktivierungen, die im Rückwärtsgang neu berechnet werden: alle Schichten benutzen diesen Platz nacheinander.</translation>
    </message>
    <message>
        <source>scratch</source>
        <translation>Zwischenraum</translation>
    </message>
    <message>
        <source>What a block needs while it runs. Blocks use the same place in turn, which is why parts lie one upon the other.</source>
        <translation>Was ein Block braucht, während er läuft. Blöcke benutzen denselben Platz nacheinander, darum liegen Teile übereinander.</translation>
    </message>
</context>
<context>
    <name>PairLists</name>
    <message>
        <source>Experts %1 and %2 are chosen for the same token %3 as often as by chance.</source>
        <translation>Die Experten %1 und %2 werden für dasselbe Token %3 so oft gewählt wie durch Zufall.</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>expert</source>
        <translation>Experte</translation>
    </message>
    <message>
        <source>head</source>
        <translation>Kopf</translation>
    </message>
    <message>
        <source>token</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>step</source>
        <translation>Schritt</translation>
    </message>
</context>
<context>
    <name>Panel</name>
    <message>
        <source>MTP %1</source>
        <translation>MTP %1</translation>
    </message>
    <message>
        <source>Layer %1</source>
        <translation>Schicht %1</translation>
    </message>
    <message>
        <source>MoE · expert load</source>
        <translation>MoE · Last der Experten</translation>
    </message>
    <message>
        <source>Load</source>
        <translation>Last</translation>
    </message>
    <message>
        <source>MoE · experts by domain</source>
        <translation>MoE · Experten nach Domäne</translation>
    </message>
    <message>
        <source>Domains</source>
        <translation>Domäne</translation>
    </message>
    <message>
        <source>MoE · experts chosen together</source>
        <translation>MoE · gemeinsam gewählte Experten</translation>
    </message>
    <message>
        <source>Pairs</source>
        <translation>Paare</translation>
    </message>
    <message>
        <source>MoE · groups and GPUs</source>
        <translation>MoE · Gruppen und GPUs</translation>
    </message>
    <message>
        <source>Groups</source>
        <translation>Gruppen</translation>
    </message>
    <message>
        <source>MLA · attention of the probe text</source>
        <translation>MLA · Aufmerksamkeit auf dem Prüftext</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>Aufmerksamkeit</translation>
    </message>
    <message>
        <source>MLA · what the cache keeps</source>
        <translation>MLA · was der Cache behält</translation>
    </message>
    <message>
        <source>Cache</source>
        <translation>Cache</translation>
    </message>
    <message>
        <source>MTP · what comes next, and after that</source>
        <translation>MTP · was als Nächstes kommt, und danach</translation>
    </message>
    <message>
        <source>Next, and after next</source>
        <translation>Nächstes, Übernächstes</translation>
    </message>
    <message>
        <source>MTP · accepted drafts</source>
        <translation>MTP · angenommene Entwürfe</translation>
    </message>
    <message>
        <source>Acceptance</source>
        <translation>Annahme</translation>
    </message>
    <message>
        <source>Curves</source>
        <translation>Kurven</translation>
    </message>
    <message>
        <source>Playground · checkpoints write</source>
        <translation>Spielplatz · Checkpoints schreiben</translation>
    </message>
    <message>
        <source>Playground</source>
        <translation>Spielplatz</translation>
    </message>
    <message>
        <source>One token through all layers</source>
        <translation>Ein Token durch alle Schichten</translation>
    </message>
    <message>
        <source>Token journey</source>
        <translation>Weg eines Tokens</translation>
    </message>
    <message>
        <source>Memory and kernels</source>
        <translation>Speicher und Kernels</translation>
    </message>
    <message>
        <source>Memory and ops</source>
        <translation>Speicher und Ops</translation>
    </message>
    <message>
        <source>Log of the run</source>
        <translation>Protokoll des Laufs</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Protokoll</translation>
    </message>
    <message>
        <source>MoE</source>
        <translation>MoE</translation>
    </message>
    <message>
        <source>MLA</source>
        <translation>MLA</translation>
    </message>
    <message>
        <source>MTP</source>
        <translation>MTP</translation>
    </message>
    <message>
        <source>MoE · history and bias</source>
        <translation>MoE · Verlauf und Bias</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>MLA · how much of the latent is used</source>
        <translation>MLA · wie viel des Latents genutzt wird</translation>
    </message>
    <message>
        <source>Latent</source>
        <translation>Latent</translation>
    </message>
    <message>
        <source>MLA · absorbed or expanded</source>
        <translation>MLA · absorbiert oder entfaltet</translation>
    </message>
    <message>
        <source>Forms</source>
        <translation>Formen</translation>
    </message>
    <message>
        <source>All runs</source>
        <translation>Alle Läufe</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>Planner · a training on a cluster</source>
        <translation>Planer · ein Training auf einem Cluster</translation>
    </message>
    <message>
        <source>Planner</source>
        <translation>Planer</translation>
    </message>
    <message>
        <source>Cost · the gap, step by step</source>
        <translation>Kosten · die Lücke, Schritt für Schritt</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>Kosten</translation>
    </message>
    <message>
        <source>Cost · what this run would have cost</source>
        <translation>Kosten · was dieser Lauf gekostet hätte</translation>
    </message>
    <message>
        <source>Cost of this run</source>
        <translation>Kosten des Laufs</translation>
    </message>
    <message>
        <source>Cost · models side by side</source>
        <translation>Kosten · Modelle nebeneinander</translation>
    </message>
    <message>
        <source>Cost of models</source>
        <translation>Kosten der Modelle</translation>
    </message>
    <message>
        <source>Meter · what this run costs</source>
        <translation>Zähler · was dieser Lauf kostet</translation>
    </message>
    <message>
        <source>Meter</source>
        <translation>Zähler</translation>
    </message>
    <message>
        <source>Lesson · a router collapses</source>
        <translation>Lektion · ein Router bricht zusammen</translation>
    </message>
    <message>
        <source>Lesson</source>
        <translation>Lektion</translation>
    </message>
    <message>
        <source>MoE · tokens of experts</source>
        <translation>MoE · Token der Experten</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Token</translation>
    </message>
</context>
<context>
    <name>PlanModel</name>
    <message>
        <source>%1
%2 bytes from byte %3 of %4</source>
        <translation>%1
%2 Bytes ab Byte %3 von %4</translation>
    </message>
    <message>
        <source>part</source>
        <translation>Teil</translation>
    </message>
    <message>
        <source>shape and type</source>
        <translation>Form und Typ</translation>
    </message>
    <message>
        <source>bytes</source>
        <translation>Bytes</translation>
    </message>
    <message>
        <source>place</source>
        <translation>Platz</translation>
    </message>
</context>
<context>
    <name>Planner</name>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>GPU</source>
        <translation>GPU</translation>
    </message>
    <message>
        <source>Number of GPUs</source>
        <translation>Zahl der GPUs</translation>
    </message>
    <message>
        <source>Precision</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>PP</source>
        <translation>PP</translation>
    </message>
    <message>
        <source>EP</source>
        <translation>EP</translation>
    </message>
    <message>
        <source>DP</source>
        <translation>DP</translation>
    </message>
    <message>
        <source>Micro-batch</source>
        <translation>Micro-Batch</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>Ablauf</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>Sequence</source>
        <translation>Sequenz</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>Batch</translation>
    </message>
    <message>
        <source>Node limit</source>
        <translation>Knotengrenze</translation>
    </message>
    <message>
        <source>Memory limit</source>
        <translation>Speichergrenze</translation>
    </message>
    <message>
        <source>Deadline</source>
        <translation>Frist</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>Preis</translation>
    </message>
    <message>
        <source>“%1” is no whole number</source>
        <translation>„%1“ ist keine ganze Zahl</translation>
    </message>
    <message>
        <source>Type a whole number.</source>
        <translation>Geben Sie eine ganze Zahl ein.</translation>
    </message>
    <message>
        <source>nothing is typed here</source>
        <translation>hier steht nichts</translation>
    </message>
    <message>
        <source>Type a number.</source>
        <translation>Geben Sie eine Zahl ein.</translation>
    </message>
    <message>
        <source>no run is open whose model could be planned</source>
        <translation>kein Lauf ist offen, dessen Modell geplant werden könnte</translation>
    </message>
    <message>
        <source>Choose a preset, or open a run.</source>
        <translation>Wählen Sie eine Vorgabe oder öffnen Sie einen Lauf.</translation>
    </message>
    <message>
        <source>a limit of %1 groups, but this model has %2 groups of %3 experts and uses %4 for a token</source>
        <translation>eine Grenze von %1 Gruppen, doch dieses Modell hat %2 Gruppen von %3 Experten und nutzt %4 für ein Token</translation>
    </message>
    <message>
        <source>Type %1 to %2, or nothing for the model&apos;s own.</source>
        <translation>Geben Sie %1 bis %2 ein, oder nichts für die des Modells.</translation>
    </message>
    <message>
        <source>%1 s</source>
        <comment>seconds</comment>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>corrected %1–%2</source>
        <translation>berichtigt %1–%2</translation>
    </message>
    <message>
        <source>
Corrected: what would be measured if the planner erred here as it does for the published
trainings of %1: by %2 to %3.</source>
        <translation>
Berichtigt: was gemessen würde, wenn der Planer hier so irrte wie bei den veröffentlichten
Trainings von %1: um %2 bis %3.</translation>
    </message>
    <message>
        <source>%1 µs</source>
        <translation>%1 µs</translation>
    </message>
    <message>
        <source>PP %1 × EP %2 × DP %3 · %4 · micro-batches of %5</source>
        <translation>PP %1 × EP %2 × DP %3 · %4 · Micro-Batches von %5</translation>
    </message>
    <message>
        <source>as typed</source>
        <translation>wie eingegeben</translation>
    </message>
    <message>
        <source>no source is known</source>
        <translation>keine Quelle ist bekannt</translation>
    </message>
    <message>
        <source>%1 days</source>
        <translation>%1 Tage</translation>
    </message>
    <message>
        <source>%1 hours</source>
        <translation>%1 Stunden</translation>
    </message>
    <message>
        <source>%1 · %2 a step and pipeline · on %3 %4</source>
        <translation>%1 · %2 je Schritt und Pipeline · auf %3 %4</translation>
    </message>
    <message>
        <source>Too late: %1</source>
        <translation>Zu spät: %1</translation>
    </message>
    <message>
        <source>Does not fit: %1</source>
        <translation>Passt nicht: %1</translation>
    </message>
    <message>
        <source>training time</source>
        <translation>Trainingszeit</translation>
    </message>
    <message>
        <source>tokens / (tokens per second) = %1 / %2.
Of an undisturbed run: without failures, checkpoints, evaluation (docs/planner.md).</source>
        <translation>Token / (Token je Sekunde) = %1 / %2.
Eines ungestörten Laufs: ohne Ausfälle, Checkpoints, Auswertung (docs/planner.md).</translation>
    </message>
    <message>
        <source>money</source>
        <translation>Geld</translation>
    </message>
    <message>
        <source>GPU-hours × price = %1 × %2.
Price: %3.
This run only: no failed runs, no people, no ownership.</source>
        <translation>GPU-Stunden × Preis = %1 × %2.
Preis: %3.
Nur dieser Lauf: keine misslungenen Läufe, keine Menschen, kein Besitz.</translation>
    </message>
    <message>
        <source>GPU-hours</source>
        <translation>GPU-Stunden</translation>
    </message>
    <message>
        <source>GPUs × hours; %1 for 1T tokens.</source>
        <translation>GPUs × Stunden; %1 für 1T Token.</translation>
    </message>
    <message>
        <source>MFU, causal</source>
        <translation>MFU, kausal</translation>
    </message>
    <message>
        <source>%1 full attention</source>
        <translation>%1 volle Attention</translation>
    </message>
    <message>
        <source>Model FLOPs used: 3 × forward FLOPs of a token × tokens per second over the BF16 peak of all GPUs,
without MTP (arXiv 2505.09343, table 4).</source>
        <translation>Genutzte Modell-FLOPs: 3 × Vorwärts-FLOPs eines Tokens × Token je Sekunde über der BF16-Spitze aller GPUs,
ohne MTP (arXiv 2505.09343, Tabelle 4).</translation>
    </message>
    <message>
        <source>a step</source>
        <translation>ein Schritt</translation>
    </message>
    <message>
        <source>work + bubble + update, for %1 tokens: %2 sequences of %3.</source>
        <translation>Arbeit + Blase + Aktualisierung, für %1 Token: %2 Sequenzen von %3.</translation>
    </message>
    <message>
        <source>memory per GPU</source>
        <translation>Speicher je GPU</translation>
    </message>
    <message>
        <source>of %1, unchecked</source>
        <translation>von %1, ungeprüft</translation>
    </message>
    <message>
        <source>Weights, gradients, optimizer, activations and buffers of the stage that holds most.
DeepSeek-V3 report, sections 3.2 and 3.3. No figure is published to check it by.</source>
        <translation>Gewichte, Gradienten, Optimierer, Aktivierungen und Puffer der Stufe, die am meisten hält.
DeepSeek-V3-Bericht, Abschnitte 3.2 und 3.3. Es ist keine Zahl veröffentlicht, um das zu prüfen.</translation>
    </message>
    <message>
        <source>weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <source>BF16, and a copy in FP8 of what multiplies in it; DualPipe holds two stages.</source>
        <translation>BF16, und eine Kopie in FP8 von dem, was darin multipliziert; DualPipe hält zwei Stufen.</translation>
    </message>
    <message>
        <source>gradients</source>
        <translation>Gradienten</translation>
    </message>
    <message>
        <source>F32 sums.</source>
        <translation>Summen in F32.</translation>
    </message>
    <message>
        <source>optimizer</source>
        <translation>Optimierer</translation>
    </message>
    <message>
        <source>F32 master copy and two BF16 moments, each GPU its share (ZeRO-1).</source>
        <translation>Hauptkopie in F32 und zwei Momente in BF16, jede GPU ihren Teil (ZeRO-1).</translation>
    </message>
    <message>
        <source>activations</source>
        <translation>Aktivierungen</translation>
    </message>
    <message>
        <source>Of all micro-batches on their way: PP, and PP + 1 with DualPipe.</source>
        <translation>Aller Micro-Batches, die unterwegs sind: PP, mit DualPipe PP + 1.</translation>
    </message>
    <message>
        <source>buffers</source>
        <translation>Puffer</translation>
    </message>
    <message>
        <source>Outputs of one layer, logits, and 2 GB assumed for driver and libraries.</source>
        <translation>Ausgaben einer Schicht, Logits und angenommene 2 GB für Treiber und Bibliotheken.</translation>
    </message>
    <message>
        <source>free</source>
        <translation>frei</translation>
    </message>
    <message>
        <source>Of what may be used of the GPU&apos;s memory.</source>
        <translation>Von dem, was vom Speicher der GPU genutzt werden darf.</translation>
    </message>
    <message>
        <source>exposed all-to-all (InfiniBand)</source>
        <translation>offenes All-to-all (InfiniBand)</translation>
    </message>
    <message>
        <source>exposed all-to-all (NVLink)</source>
        <translation>offenes All-to-all (NVLink)</translation>
    </message>
    <message>
        <source>kernels</source>
        <translation>Kernel</translation>
    </message>
    <message>
        <source>Products, attention and passes over memory, and what is lost between them; behind them %1 of exchanges are hidden.</source>
        <translation>Produkte, Attention und Gänge durch den Speicher, und was dazwischen verloren geht; dahinter sind %1 an Austausch verborgen.</translation>
    </message>
    <message>
        <source>What no kernels hide of dispatch and combine, %1 of a step in all. The slower network, named here, sets the time.</source>
        <translation>Was keine Kernel vom Verteilen und Einsammeln verbergen, im Ganzen %1 eines Schritts. Das langsamere Netz, hier genannt, bestimmt die Zeit.</translation>
    </message>
    <message>
        <source>bubble</source>
        <translation>Blase</translation>
    </message>
    <message>
        <source>What a GPU waits for its neighbours while the pipeline fills and drains. 1F1B: (PP − 1)(F + B);
ZB1P: (PP − 1)(F + B − 2W); DualPipe: (PP/2 − 1)(F&amp;B + B − 3W). DeepSeek-V3 report, table 2.</source>
        <translation>Was eine GPU auf ihre Nachbarn wartet, während die Pipeline sich füllt und leert. 1F1B: (PP − 1)(F + B);
ZB1P: (PP − 1)(F + B − 2W); DualPipe: (PP/2 − 1)(F&amp;B + B − 3W). DeepSeek-V3-Bericht, Tabelle 2.</translation>
    </message>
    <message>
        <source>update</source>
        <translation>Aktualisierung</translation>
    </message>
    <message>
        <source>Gradients summed over GPUs in F32, AdamW, weights sent back in BF16.</source>
        <translation>Gradienten über die GPUs in F32 summiert, AdamW, Gewichte in BF16 zurückgeschickt.</translation>
    </message>
    <message>
        <source>Dispatch in FP8 (with FP8 training) and combine in BF16 of one token in one MoE layer, forward.
A copy goes over the network once to each node, then over NVLink: DeepSeek-V3 report, section 3.2.2.</source>
        <translation>Verteilen in FP8 (bei FP8-Training) und Einsammeln in BF16 eines Tokens in einer MoE-Schicht, vorwärts.
Eine Kopie geht einmal je Knoten über das Netz, dann über NVLink: DeepSeek-V3-Bericht, Abschnitt 3.2.2.</translation>
    </message>
    <message>
        <source>limit %1/%2</source>
        <translation>Grenze %1/%2</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>ohne Grenze</translation>
    </message>
    <message>
        <source>%1 on %2 GPUs
%3, %4, MFU %5
%6 of %7 on the fullest GPU
A click takes this layout into the form.</source>
        <translation>%1 auf %2 GPUs
%3, %4, MFU %5
%6 von %7 auf der vollsten GPU
Ein Klick übernimmt diese Aufteilung in das Formular.</translation>
    </message>
    <message>
        <source>days</source>
        <translation>Tage</translation>
    </message>
    <message>
        <source>MFU, full attention</source>
        <translation>MFU, volle Attention</translation>
    </message>
    <message>
        <source>a step: kernels</source>
        <translation>ein Schritt: Kernel</translation>
    </message>
    <message>
        <source>a step: exposed all-to-all</source>
        <translation>ein Schritt: offenes All-to-all</translation>
    </message>
    <message>
        <source>a step: bubble</source>
        <translation>ein Schritt: Blase</translation>
    </message>
    <message>
        <source>a step: update</source>
        <translation>ein Schritt: Aktualisierung</translation>
    </message>
    <message>
        <source>memory: weights</source>
        <translation>Speicher: Gewichte</translation>
    </message>
    <message>
        <source>memory: gradients</source>
        <translation>Speicher: Gradienten</translation>
    </message>
    <message>
        <source>memory: optimizer</source>
        <translation>Speicher: Optimierer</translation>
    </message>
    <message>
        <source>memory: activations</source>
        <translation>Speicher: Aktivierungen</translation>
    </message>
    <message>
        <source>memory: buffers</source>
        <translation>Speicher: Puffer</translation>
    </message>
    <message>
        <source>memory: may be used</source>
        <translation>Speicher: darf genutzt werden</translation>
    </message>
    <message>
        <source>price of a GPU-hour</source>
        <translation>Preis einer GPU-Stunde</translation>
    </message>
    <message>
        <source>The plan</source>
        <translation>Der Plan</translation>
    </message>
    <message>
        <source>figure</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>unit</source>
        <translation>Einheit</translation>
    </message>
    <message>
        <source>source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>What a token sends in a MoE layer</source>
        <translation>Was ein Token in einer MoE-Schicht sendet</translation>
    </message>
    <message>
        <source>network and routing</source>
        <translation>Netz und Routing</translation>
    </message>
    <message>
        <source>bytes per token</source>
        <translation>Bytes je Token</translation>
    </message>
    <message>
        <source>bytes and time</source>
        <translation>Bytes und Zeit</translation>
    </message>
    <message>
        <source>One step, chunk by chunk, as it is drawn</source>
        <translation>Ein Schritt, Stück für Stück, wie er gezeichnet ist</translation>
    </message>
    <message>
        <source>schedule</source>
        <translation>Ablauf</translation>
    </message>
    <message>
        <source>GPU of the pipeline</source>
        <translation>GPU der Pipeline</translation>
    </message>
    <message>
        <source>chunk</source>
        <translation>Stück</translation>
    </message>
    <message>
        <source>micro-batch forward</source>
        <translation>Micro-Batch vorwärts</translation>
    </message>
    <message>
        <source>micro-batch backward</source>
        <translation>Micro-Batch rückwärts</translation>
    </message>
    <message>
        <source>begin (s)</source>
        <translation>Beginn (s)</translation>
    </message>
    <message>
        <source>end (s)</source>
        <translation>Ende (s)</translation>
    </message>
    <message>
        <source>too large</source>
        <translation>zu groß</translation>
    </message>
    <message>
        <source>too late</source>
        <translation>zu spät</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>All layouts of the search</source>
        <translation>Alle Aufteilungen der Suche</translation>
    </message>
    <message>
        <source>GPUs</source>
        <translation>GPUs</translation>
    </message>
    <message>
        <source>micro-batch (sequences)</source>
        <translation>Micro-Batch (Sequenzen)</translation>
    </message>
    <message>
        <source>memory (bytes)</source>
        <translation>Speicher (Bytes)</translation>
    </message>
    <message>
        <source>The planner against published figures</source>
        <translation>Der Planer gegen veröffentlichte Zahlen</translation>
    </message>
    <message>
        <source>predicted</source>
        <translation>vorhergesagt</translation>
    </message>
    <message>
        <source>published</source>
        <translation>veröffentlicht</translation>
    </message>
    <message>
        <source>error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>use</source>
        <translation>Nutzung</translation>
    </message>
    <message>
        <source>calibrated</source>
        <translation>kalibriert</translation>
    </message>
    <message>
        <source>checked</source>
        <translation>geprüft</translation>
    </message>
    <message>
        <source>fits</source>
        <translation>passt</translation>
    </message>
</context>
<context>
    <name>Presenter</name>
    <message>
        <source>This model has no experts: each token goes through all of it.</source>
        <translation>Dieses Modell hat keine Experten: jedes Token geht durch das ganze Modell.</translation>
    </message>
    <message>
        <source>%1 experts share the tokens of each layer, %2 for each token.</source>
        <translation>%1 Experten teilen sich die Token jeder Schicht, %2 je Token.</translation>
    </message>
    <message>
        <source>%1 The busiest has %2 more than its share.</source>
        <translation>%1 Der am stärksten belastete hat %2 mehr als seinen Anteil.</translation>
    </message>
    <message>
        <source>For each token a layer keeps %1 numbers, where plain attention (%2) keeps %3: %4 times as many.</source>
        <translation>Je Token behält eine Schicht %1 Zahlen, wo gewöhnliche Aufmerksamkeit (%2) %3 behält: %4-mal so viele.</translation>
    </message>
    <message>
        <source>This model has no MTP block: it guesses the next token alone.</source>
        <translation>Dieses Modell hat keinen MTP-Block: es rät nur das nächste Token.</translation>
    </message>
    <message>
        <source>The main model guesses the next token, the MTP block the one after it.</source>
        <translation>Das Hauptmodell rät das nächste Token, der MTP-Block das übernächste.</translation>
    </message>
    <message>
        <source>%1 Their losses are %2 and %3 nats.</source>
        <translation>%1 Ihre Losses sind %2 und %3 nats.</translation>
    </message>
    <message>
        <source>The first numbers come with the first steps.</source>
        <translation>Die ersten Zahlen kommen mit den ersten Schritten.</translation>
    </message>
    <message>
        <source>The loss is %1 nats: as unsure of the next token as between %2 that are equally likely.</source>
        <translation>Der Loss ist %1 nats: so unsicher über das nächste Token wie zwischen %2 gleich wahrscheinlichen.</translation>
    </message>
    <message>
        <source>Press Space: the model begins to learn.</source>
        <translation>Leertaste drücken: das Modell beginnt zu lernen.</translation>
    </message>
    <message>
        <source>Chosen: layer %1, expert %2.</source>
        <translation>Gewählt: Schicht %1, Experte %2.</translation>
    </message>
    <message>
        <source>Step %1. %2</source>
        <translation>Schritt %1. %2</translation>
    </message>
</context>
<context>
    <name>Prices</name>
    <message>
        <source>&lt;b&gt;Headline&lt;/b&gt;: device-hours × rental price. Scope: this run alone, nothing else. The lens under which DeepSeek-V3 cost $5.576M.</source>
        <translation>&lt;b&gt;Schlagzeile&lt;/b&gt;: Gerätestunden × Mietpreis. Umfang: dieser Lauf allein, sonst nichts. So gerechnet kostete DeepSeek-V3 $5.576M.</translation>
    </message>
    <message>
        <source>&lt;b&gt;Full cost&lt;/b&gt;: device-hours × (purchase ÷ (life × utilisation) + power × PUE × tariff) ÷ this run&apos;s share of its programme ÷ (1 − share of people). Scope: the hardware as owned, the failed runs and ablations that led here, and the staff.</source>
        <translation>&lt;b&gt;Vollkosten&lt;/b&gt;: Gerätestunden × (Kaufpreis ÷ (Nutzungsdauer × Auslastung) + Leistung × PUE × Strompreis) ÷ Anteil dieses Laufs an seinem Programm ÷ (1 − Anteil der Menschen). Umfang: die Hardware als Besitz, die gescheiterten Läufe und Ablationen, die hierher führten, und die Menschen.</translation>
    </message>
    <message>
        <source>set by you</source>
        <translation>von Ihnen gesetzt</translation>
    </message>
    <message>
        <source>These prices know no full cost: they are those of rented devices.</source>
        <translation>Diese Preise kennen keine Vollkosten: Es sind die gemieteter Geräte.</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 h</translation>
    </message>
    <message>
        <source>prices: %1, %2</source>
        <translation>Preise: %1, %2</translation>
    </message>
    <message numerus="yes">
        <source>, %n set by you</source>
        <comment>prices</comment>
        <translation>
            <numerusform>, %n von Ihnen gesetzt</numerusform>
            <numerusform>, %n von Ihnen gesetzt</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ProbeNote</name>
    <message>
        <source>No pass of the probe text is kept of step %1.
A run keeps them in its folder where its setting probe_every is above 0, and of the steps at which a window showed them.</source>
        <translation>Von Schritt %1 ist kein Durchgang des Prüftexts aufgehoben.
Ein Lauf hebt sie in seinem Ordner auf, wo seine Einstellung probe_every über 0 ist, und von den Schritten, bei denen ein Fenster sie zeigte.</translation>
    </message>
    <message>
        <source>Another process trains this run and has kept no pass of the probe text so far.
It keeps them where the run&apos;s setting probe_every is above 0, and of the steps at which its window showed them.</source>
        <translation>Ein anderer Prozess trainiert diesen Lauf und hat bisher keinen Durchgang des Prüftexts aufgehoben.
Er hebt sie auf, wo die Einstellung probe_every des Laufs über 0 ist, und von den Schritten, bei denen sein Fenster sie zeigte.</translation>
    </message>
    <message>
        <source>No pass of the probe text is kept of this run.
One is made with the newest checkpoint of a run that is opened, where it has one that can be run (--checkpoint-every N); with the setting probe_every above 0 a run keeps them itself.</source>
        <translation>Von diesem Lauf ist kein Durchgang des Prüftexts aufgehoben.
Einer entsteht mit dem neuesten Checkpoint eines Laufs, der geöffnet wird, wo es einen gibt, der sich ausführen lässt (--checkpoint-every N); mit der Einstellung probe_every über 0 hebt ein Lauf sie selbst auf.</translation>
    </message>
</context>
<context>
    <name>Report</name>
    <message>
        <source>%1 of all runs over steps: %2.</source>
        <translation>%1 aller Läufe über die Schritte: %2.</translation>
    </message>
    <message>
        <source>In short</source>
        <translation>In Kürze</translation>
    </message>
    <message>
        <source>This report sets these runs side by side: %1. It begins with the settings in which they differ, since everything else follows from those or from chance.</source>
        <translation>Dieser Bericht stellt diese Läufe nebeneinander: %1. Er beginnt mit den Einstellungen, in denen sie sich unterscheiden, denn alles andere folgt daraus oder aus dem Zufall.</translation>
    </message>
    <message>
        <source>The runs at a glance</source>
        <translation>Die Läufe auf einen Blick</translation>
    </message>
    <message>
        <source>Losses in nats per token, the newest of each. Costs under two lenses: rent for the run alone, and all that stands behind it.</source>
        <translation>Losses in Nats je Token, jeweils der neueste. Kosten nach zwei Sichtweisen: Miete für den Lauf allein, und alles, was dahintersteht.</translation>
    </message>
    <message>
        <source>model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>parameters</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>loss on unseen text</source>
        <translation>Loss auf ungesehenem Text</translation>
    </message>
    <message>
        <source>loss in training</source>
        <translation>Loss beim Training</translation>
    </message>
    <message>
        <source>tokens per second</source>
        <translation>Token je Sekunde</translation>
    </message>
    <message>
        <source>training time</source>
        <translation>Trainingszeit</translation>
    </message>
    <message>
        <source>headline cost</source>
        <translation>Schlagzeilenkosten</translation>
    </message>
    <message>
        <source>full cost</source>
        <translation>Vollkosten</translation>
    </message>
    <message>
        <source>What differs</source>
        <translation>Was sich unterscheidet</translation>
    </message>
    <message>
        <source>The runs have the same settings, data and plan. What differs in their numbers is due to the number of threads, to the machine, or to where they stopped.</source>
        <translation>Die Läufe haben dieselben Einstellungen, dieselben Daten und denselben Plan. Was sich in ihren Zahlen unterscheidet, liegt an der Zahl der Threads, an der Maschine oder daran, wo sie aufhörten.</translation>
    </message>
    <message>
        <source>Settings that are the same in all runs are left out. A dash: the run does not have the setting.</source>
        <translation>Einstellungen, die in allen Läufen gleich sind, fehlen hier. Ein Strich: Der Lauf hat diese Einstellung nicht.</translation>
    </message>
    <message>
        <source>Settings that differ</source>
        <translation>Verschiedene Einstellungen</translation>
    </message>
    <message>
        <source>What they learned</source>
        <translation>Was sie gelernt haben</translation>
    </message>
    <message>
        <source>The loss says how surprised a model is by the next token: lower is better. Every run has one colour and one kind of line in all figures.</source>
        <translation>Der Loss sagt, wie sehr ein Modell vom nächsten Token überrascht wird: Kleiner ist besser. Jeder Lauf hat in allen Abbildungen dieselbe Farbe und dieselbe Linienart.</translation>
    </message>
    <message>
        <source>Loss of the next token, training</source>
        <translation>Loss beim nächsten Token, Training</translation>
    </message>
    <message>
        <source>nats per token</source>
        <translation>Nats je Token</translation>
    </message>
    <message>
        <source>Each point is the mean of a few steps. Curves of different data cannot be compared.</source>
        <translation>Jeder Punkt ist das Mittel weniger Schritte. Kurven verschiedener Daten lassen sich nicht vergleichen.</translation>
    </message>
    <message>
        <source>Loss of the next token, unseen text</source>
        <translation>Loss beim nächsten Token, ungesehener Text</translation>
    </message>
    <message>
        <source>Measured now and then on text that was held back from the training.</source>
        <translation>Hin und wieder auf Text gemessen, der dem Training vorenthalten wurde.</translation>
    </message>
    <message>
        <source>Loss of the modules that predict further ahead</source>
        <translation>Loss der Module, die weiter voraussagen</translation>
    </message>
    <message>
        <source>The mean of a model&apos;s MTP modules (section 2.2).</source>
        <translation>Das Mittel der MTP-Module eines Modells (Abschnitt 2.2).</translation>
    </message>
    <message>
        <source>How the experts shared the work</source>
        <translation>Wie sich die Experten die Arbeit teilten</translation>
    </message>
    <message>
        <source>MaxVio is the load of the busiest expert of a layer over the mean, less one: zero is an even use, and a run whose router collapses climbs towards the number of experts.</source>
        <translation>MaxVio ist die Last des meistbeschäftigten Experten einer Schicht über dem Mittel, weniger eins: Null ist eine gleichmäßige Nutzung, und ein Lauf, dessen Router zusammenbricht, steigt der Zahl der Experten entgegen.</translation>
    </message>
    <message>
        <source>Imbalance over the run</source>
        <translation>Ungleichgewicht im Lauf der Zeit</translation>
    </message>
    <message>
        <source>MaxVio, mean of the layers</source>
        <translation>MaxVio, Mittel der Schichten</translation>
    </message>
    <message>
        <source>Lower is better; the loss alone does not show a collapse (section 2.1.2).</source>
        <translation>Kleiner ist besser; der Loss allein zeigt einen Zusammenbruch nicht (Abschnitt 2.1.2).</translation>
    </message>
    <message>
        <source>None of these runs kept maps of its experts&apos; loads.</source>
        <translation>Keiner dieser Läufe hat Karten der Last seiner Experten aufgehoben.</translation>
    </message>
    <message>
        <source>Load of every expert at the newest step</source>
        <translation>Last jedes Experten im neuesten Schritt</translation>
    </message>
    <message>
        <source>A row is a layer, a column an expert; grey is a fair share, orange more, blue less.</source>
        <translation>Eine Zeile ist eine Schicht, eine Spalte ein Experte; Grau ist ein gerechter Anteil, Orange mehr, Blau weniger.</translation>
    </message>
    <message>
        <source>Maps of layers by experts, one of each run.</source>
        <translation>Karten der Schichten und Experten, eine von jedem Lauf.</translation>
    </message>
    <message>
        <source>How fast they went</source>
        <translation>Wie schnell sie waren</translation>
    </message>
    <message>
        <source>Speed depends on the machine and on what else ran on it: compare runs of one machine.</source>
        <translation>Die Geschwindigkeit hängt von der Maschine ab und davon, was sonst auf ihr lief: Vergleichen Sie Läufe einer Maschine.</translation>
    </message>
    <message>
        <source>Throughput</source>
        <translation>Durchsatz</translation>
    </message>
    <message>
        <source>Dips are evaluations and checkpoints.</source>
        <translation>Einbrüche sind Validierungen und Checkpoints.</translation>
    </message>
    <message>
        <source>Speed, drafts and time</source>
        <translation>Geschwindigkeit, Entwürfe und Zeit</translation>
    </message>
    <message>
        <source>device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>share of the peak (MFU)</source>
        <translation>Anteil an der Spitze (MFU)</translation>
    </message>
    <message>
        <source>median step</source>
        <translation>mittlerer Schritt (Median)</translation>
    </message>
    <message>
        <source>accepted drafts of MTP 1</source>
        <translation>angenommene Entwürfe von MTP 1</translation>
    </message>
    <message>
        <source>goodput</source>
        <translation>Goodput</translation>
    </message>
    <message>
        <source>This run kept no account of its time.</source>
        <translation>Dieser Lauf hat nicht über seine Zeit Buch geführt.</translation>
    </message>
    <message>
        <source>What they cost</source>
        <translation>Was sie gekostet haben</translation>
    </message>
    <message>
        <source>Each run under the same two lenses: the headline is rent for the run alone, the full cost all that stands behind it. The price of an hour and the scope of what is counted are two different things.</source>
        <translation>Jeder Lauf nach denselben zwei Sichtweisen: Die Schlagzeile ist Miete für den Lauf allein, die Vollkosten sind alles, was dahintersteht. Der Preis einer Stunde und der Umfang dessen, was gezählt wird, sind zweierlei.</translation>
    </message>
    <message>
        <source>None of these runs can be priced.</source>
        <translation>Für keinen dieser Läufe lassen sich Kosten nennen.</translation>
    </message>
    <message>
        <source>Costs side by side</source>
        <translation>Kosten nebeneinander</translation>
    </message>
    <message>
        <source>its band</source>
        <translation>ihre Spanne</translation>
    </message>
    <message>
        <source>a million tokens, headline</source>
        <translation>eine Million Token, Schlagzeile</translation>
    </message>
    <message>
        <source>electricity, kWh</source>
        <translation>Strom, kWh</translation>
    </message>
    <message>
        <source>How to do it again</source>
        <translation>Wie man es wiederholt</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>Rates and projection</source>
        <translation>Raten und Hochrechnung</translation>
    </message>
    <message>
        <source>Quantity</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Headline</source>
        <translation>Schlagzeile</translation>
    </message>
    <message>
        <source>Full cost</source>
        <translation>Vollkosten</translation>
    </message>
    <message>
        <source>an hour of the device</source>
        <translation>eine Stunde des Geräts</translation>
    </message>
    <message>
        <source>a million tokens, whole run</source>
        <translation>eine Million Token, ganzer Lauf</translation>
    </message>
    <message>
        <source>a million tokens, last 200 steps</source>
        <translation>eine Million Token, letzte 200 Schritte</translation>
    </message>
    <message>
        <source>0.01 nat less of loss, last 200 steps</source>
        <translation>0,01 Nat weniger Loss, letzte 200 Schritte</translation>
    </message>
    <message>
        <source>projected total at the planned end</source>
        <translation>hochgerechnete Summe am geplanten Ende</translation>
    </message>
    <message>
        <source>A dash: the loss does not fall any more, or the run has no planned end. The band takes steps still to come to last as long as the quickest and the slowest 5 % of the last 200.</source>
        <translation>Ein Strich: Der Loss fällt nicht mehr, oder der Lauf hat kein geplantes Ende. Für die Spanne dauern kommende Schritte so lang wie die schnellsten und die langsamsten 5 % der letzten 200.</translation>
    </message>
    <message>
        <source>Electricity of the run: %1 kWh, %2 at the tariff of the full ledger.</source>
        <translation>Strom des Laufs: %1 kWh, %2 zum Tarif der Vollkosten.</translation>
    </message>
    <message>
        <source>The processor&apos;s own counters measured %1 W on average.</source>
        <translation>Die Zähler des Prozessors haben im Mittel %1 W gemessen.</translation>
    </message>
    <message>
        <source>The power was not measured but is an assumption of the ledger.</source>
        <translation>Die Leistung wurde nicht gemessen, sie ist eine Annahme der Rechnung.</translation>
    </message>
    <message>
        <source>rent</source>
        <translation>Miete</translation>
    </message>
    <message>
        <source>headline</source>
        <translation>Schlagzeile</translation>
    </message>
    <message>
        <source>US dollars</source>
        <translation>US-Dollar</translation>
    </message>
    <message>
        <source>The same training by two lenses</source>
        <translation>Dasselbe Training nach zwei Sichtweisen</translation>
    </message>
    <message>
        <source>The headline counts rent for this run alone. The full cost counts the hardware over its life, energy, the failed runs and trials of the programme, and its people. The thin line is the band within which the total lies if the inputs vary as their sources do; the amount beside it is the total itself.</source>
        <translation>Die Schlagzeile zählt Miete für diesen Lauf allein. Die Vollkosten zählen die Hardware über ihre Lebenszeit, Energie, die misslungenen Läufe und Versuche des Programms und seine Menschen. Die dünne Linie ist die Spanne, in der die Summe liegt, wenn die Eingaben so schwanken wie ihre Quellen; der Betrag daneben ist die Summe selbst.</translation>
    </message>
    <message>
        <source>Bars of the headline and of the parts of the full cost.</source>
        <translation>Balken der Schlagzeile und der Teile der Vollkosten.</translation>
    </message>
    <message>
        <source>What it cost</source>
        <translation>Was er gekostet hat</translation>
    </message>
    <message>
        <source>A cost without its lens is no information. The price of an hour and the scope of what is counted are two different things: the quoted $5.576 million of DeepSeek-V3 is rent for the final run alone, and says so (section 1). Here this run is counted both ways, from the same measured time.</source>
        <translation>Kosten ohne ihre Sichtweise sagen nichts. Der Preis einer Stunde und der Umfang dessen, was gezählt wird, sind zweierlei: Die viel zitierten 5,576 Millionen Dollar von DeepSeek-V3 sind Miete für den letzten Lauf allein, und so steht es auch dort (Abschnitt 1). Hier wird dieser Lauf auf beide Arten gezählt, aus derselben gemessenen Zeit.</translation>
    </message>
    <message>
        <source>Scope: %1</source>
        <translation>Umfang: %1</translation>
    </message>
    <message>
        <source>What these totals rest on</source>
        <translation>Worauf diese Summen beruhen</translation>
    </message>
    <message>
        <source>What others are said to have cost</source>
        <translation>Was andere gekostet haben sollen</translation>
    </message>
    <message>
        <source>To hold this run against: totals that are known or claimed for others, each under its own lens. Rows of different lenses cannot be compared as they stand; what separates them is mostly the scope.</source>
        <translation>Zum Vergleich: Summen, die für andere bekannt sind oder behauptet werden, jede nach ihrer eigenen Sichtweise. Zeilen verschiedener Sichtweisen lassen sich nicht ohne Weiteres vergleichen; was sie trennt, ist meist der Umfang.</translation>
    </message>
    <message>
        <source>The known totals to compare with cannot be read.</source>
        <translation>Die bekannten Summen zum Vergleich lassen sich nicht lesen.</translation>
    </message>
    <message>
        <source>This run at the size of DeepSeek-V3: an extrapolation</source>
        <translation>Dieser Lauf in der Größe von DeepSeek-V3: eine Extrapolation</translation>
    </message>
    <message>
        <source>This run has not trained enough to be extrapolated.</source>
        <translation>Dieser Lauf hat zu wenig trainiert, um ihn zu extrapolieren.</translation>
    </message>
    <message>
        <source>These numbers were not measured. They carry a small run over some ten orders of magnitude, to show what its efficiency would mean, and are no price of anything.</source>
        <translation>Diese Zahlen wurden nicht gemessen. Sie tragen einen kleinen Lauf über rund zehn Größenordnungen, um zu zeigen, was seine Effizienz bedeuten würde, und sind kein Preis von irgendetwas.</translation>
    </message>
    <message>
        <source>Extrapolation to the pre-training of DeepSeek-V3</source>
        <translation>Extrapolation auf das Vortraining von DeepSeek-V3</translation>
    </message>
    <message>
        <source>By</source>
        <translation>Nach</translation>
    </message>
    <message>
        <source>Scope</source>
        <translation>Umfang</translation>
    </message>
    <message>
        <source>Extrapolated total</source>
        <translation>Extrapolierte Summe</translation>
    </message>
    <message>
        <source>changed by the user</source>
        <translation>vom Benutzer geändert</translation>
    </message>
    <message>
        <source>as above</source>
        <translation>wie oben</translation>
    </message>
    <message>
        <source>as above;</source>
        <translation>wie oben;</translation>
    </message>
    <message>
        <source>all: see the table of inputs</source>
        <translation>alle: siehe Tabelle der Eingaben</translation>
    </message>
    <message>
        <source>(incomplete: nobody has published an input)</source>
        <translation>(unvollständig: eine Eingabe hat niemand veröffentlicht)</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>Posten</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>Betrag</translation>
    </message>
    <message>
        <source>Low</source>
        <translation>Unten</translation>
    </message>
    <message>
        <source>High</source>
        <translation>Oben</translation>
    </message>
    <message>
        <source>Source and date</source>
        <translation>Quelle und Datum</translation>
    </message>
    <message>
        <source>together</source>
        <translation>zusammen</translation>
    </message>
    <message>
        <source>Low and high: 5 % and 95 % of 4,096 draws in which every input varies within its range. The ends of the lines do not add up to those of the total, since not all are at an end at once.</source>
        <translation>Unten und oben: 5 % und 95 % von 4.096 Ziehungen, in denen jede Eingabe innerhalb ihrer Spanne schwankt. Die Enden der Posten ergeben zusammen nicht die der Summe, denn nicht alle liegen zugleich an einem Ende.</translation>
    </message>
    <message>
        <source>Every input, with its range and where it is from</source>
        <translation>Jede Eingabe, mit Spanne und Herkunft</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Source, date, basis</source>
        <translation>Quelle, Datum, Grundlage</translation>
    </message>
    <message>
        <source>Sources are quoted in their own language. The program never asks the network for a price.</source>
        <translation>Quellen stehen in ihrer eigenen Sprache. Das Programm fragt nie im Netz nach einem Preis.</translation>
    </message>
    <message>
        <source>US dollars, full cost</source>
        <translation>US-Dollar, Vollkosten</translation>
    </message>
    <message>
        <source>Which assumption matters most</source>
        <translation>Auf welche Annahme es ankommt</translation>
    </message>
    <message>
        <source>The full cost with one input at the ends of its range, all others as they are. Whoever doubts the total should doubt the uppermost first.</source>
        <translation>Die Vollkosten mit einer Eingabe an den Enden ihrer Spanne, alle anderen unverändert. Wer die Summe bezweifelt, sollte zuerst die oberste bezweifeln.</translation>
    </message>
    <message>
        <source>Bars from the smallest to the largest total for each input.</source>
        <translation>Balken von der kleinsten zur größten Summe für jede Eingabe.</translation>
    </message>
    <message>
        <source>Known and claimed totals</source>
        <translation>Bekannte und behauptete Summen</translation>
    </message>
    <message>
        <source>Lens and scope</source>
        <translation>Sichtweise und Umfang</translation>
    </message>
    <message>
        <source>GPU-hours</source>
        <translation>GPU-Stunden</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>Summe</translation>
    </message>
    <message>
        <source>From the headline to the fleet: what each step adds to the scope</source>
        <translation>Von der Schlagzeile zur Flotte: was jeder Schritt zum Umfang hinzufügt</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>Adds</source>
        <translation>Fügt hinzu</translation>
    </message>
    <message>
        <source>Running total</source>
        <translation>Zwischensumme</translation>
    </message>
    <message>
        <source>share of drafts that are accepted</source>
        <translation>Anteil der angenommenen Entwürfe</translation>
    </message>
    <message>
        <source>position, token</source>
        <translation>Stelle, Token</translation>
    </message>
    <message>
        <source>MTP %1</source>
        <translation>MTP %1</translation>
    </message>
    <message>
        <source>Accepted drafts by their place in the text</source>
        <translation>Angenommene Entwürfe nach ihrer Stelle im Text</translation>
    </message>
    <message>
        <source>At the beginning of a text little is known, and drafts fail more often. Counted in the last validation, step %1.</source>
        <translation>Am Anfang eines Textes ist wenig bekannt, und Entwürfe misslingen öfter. Gezählt bei der letzten Validierung, Schritt %1.</translation>
    </message>
    <message>
        <source>Curve of the accepted share of drafts over the position in the sequence.</source>
        <translation>Kurve des angenommenen Anteils der Entwürfe über der Stelle in der Folge.</translation>
    </message>
    <message>
        <source>Accepted drafts by kind of text</source>
        <translation>Angenommene Entwürfe nach Textart</translation>
    </message>
    <message>
        <source>Kind of text</source>
        <translation>Textart</translation>
    </message>
    <message>
        <source>drafts of MTP %1</source>
        <translation>Entwürfe von MTP %1</translation>
    </message>
    <message>
        <source>accepted</source>
        <translation>angenommen</translation>
    </message>
    <message>
        <source>all</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>How far ahead it sees</source>
        <translation>Wie weit er vorausschaut</translation>
    </message>
    <message>
        <source>An MTP module drafts the token after the next one. Where the model itself would have written the same, the draft is accepted and a step of writing is saved: at an acceptance of 85 to 90 %, DeepSeek-V3 reports 1.8 times the speed (section 5.4.3).</source>
        <translation>Ein MTP-Modul entwirft das übernächste Token. Hätte das Modell selbst dasselbe geschrieben, wird der Entwurf angenommen und ein Schritt beim Schreiben gespart: Bei einer Annahme von 85 bis 90 % berichtet DeepSeek-V3 von der 1,8-fachen Geschwindigkeit (Abschnitt 5.4.3).</translation>
    </message>
    <message>
        <source>Accepted drafts of MTP %1</source>
        <translation>Angenommene Entwürfe von MTP %1</translation>
    </message>
    <message>
        <source>of all positions</source>
        <translation>aller Stellen</translation>
    </message>
    <message>
        <source>Tokens for each step</source>
        <translation>Token je Schritt</translation>
    </message>
    <message>
        <source>of writing, the work of drafting not counted</source>
        <translation>beim Schreiben, die Arbeit des Entwerfens nicht gezählt</translation>
    </message>
    <message>
        <source>Load of every expert, over the run</source>
        <translation>Last jedes Experten im Lauf der Zeit</translation>
    </message>
    <message>
        <source>A row is a layer, a column an expert, a picture one step of the run. Grey is a fair share, orange more than that, blue less; the darkest blue is an expert that hardly any token reaches. Loads are smoothed over about 20 steps.</source>
        <translation>Eine Zeile ist eine Schicht, eine Spalte ein Experte, ein Bild ein Schritt des Laufs. Grau ist ein gerechter Anteil, Orange mehr als das, Blau weniger; das dunkelste Blau ist ein Experte, den kaum ein Token erreicht. Die Lasten sind über etwa 20 Schritte geglättet.</translation>
    </message>
    <message>
        <source>Maps of layers by experts at %1 steps of the run.</source>
        <translation>Karten der Schichten und Experten in %1 Schritten des Laufs.</translation>
    </message>
    <message>
        <source>MaxVio: load of the busiest expert over the mean, less one</source>
        <translation>MaxVio: Last des meistbeschäftigten Experten über dem Mittel, weniger eins</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>Mittel</translation>
    </message>
    <message>
        <source>Zero means that all experts of a layer work alike; 1 means that the busiest has twice its share, for which all others wait. The curve is the mean of all layers.</source>
        <translation>Null heißt, dass alle Experten einer Schicht gleich viel arbeiten; 1 heißt, dass der meistbeschäftigte das Doppelte seines Anteils hat, worauf alle anderen warten. Die Kurve ist das Mittel aller Schichten.</translation>
    </message>
    <message>
        <source>Curve of MaxVio over steps.</source>
        <translation>Kurve von MaxVio über die Schritte.</translation>
    </message>
    <message>
        <source>Balance of each layer</source>
        <translation>Gleichgewicht jeder Schicht</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>MaxVio, last 100 steps</source>
        <translation>MaxVio, letzte 100 Schritte</translation>
    </message>
    <message>
        <source>worst</source>
        <translation>größtes</translation>
    </message>
    <message>
        <source>at step</source>
        <translation>in Schritt</translation>
    </message>
    <message>
        <source>diversity</source>
        <translation>Vielfalt</translation>
    </message>
    <message>
        <source>dead experts</source>
        <translation>tote Experten</translation>
    </message>
    <message>
        <source>over twice their share</source>
        <translation>über dem doppelten Anteil</translation>
    </message>
    <message>
        <source>busiest expert</source>
        <translation>am meisten beschäftigt</translation>
    </message>
    <message>
        <source>%1 (%2×)</source>
        <translation>%1 (%2×)</translation>
    </message>
    <message>
        <source>Diversity is the exponential of the entropy of the loads over the number of experts: 100 % is an even use. Dead: less than 1 % of the mean load. All but MaxVio are of the newest step.</source>
        <translation>Vielfalt ist die Exponentialfunktion der Entropie der Lasten durch die Zahl der Experten: 100 % ist eine gleichmäßige Nutzung. Tot: weniger als 1 % der mittleren Last. Alles außer MaxVio gilt für den neuesten Schritt.</translation>
    </message>
    <message>
        <source>In each layer a router picks a few experts for every token. If it always picked the same ones, the others would be paid for and learn nothing; the bias that the router adds for idle experts (section 2.1.2) is there to prevent that without disturbing the loss.</source>
        <translation>In jeder Schicht wählt ein Router für jedes Token einige Experten. Wählte er immer dieselben, würden die anderen bezahlt und lernten nichts; der Zuschlag, den der Router untätigen Experten gibt (Abschnitt 2.1.2), soll das verhindern, ohne den Loss zu stören.</translation>
    </message>
    <message>
        <source>This model has no experts to choose from.</source>
        <translation>Dieses Modell hat keine Experten zur Auswahl.</translation>
    </message>
    <message>
        <source>What the experts specialise in</source>
        <translation>Worauf sich die Experten verstehen</translation>
    </message>
    <message>
        <source>Where the data are labelled by kind, one can ask whether some experts take care of code and others of verse. Specialisation is not forced on them: it grows where it helps.</source>
        <translation>Wo die Daten nach Art gekennzeichnet sind, kann man fragen, ob sich manche Experten um Programmtext kümmern und andere um Verse. Die Spezialisierung wird ihnen nicht aufgezwungen: Sie wächst, wo sie hilft.</translation>
    </message>
    <message>
        <source>Which experts each kind of text chooses, step %1</source>
        <translation>Welche Experten jede Textart wählt, Schritt %1</translation>
    </message>
    <message>
        <source>Of all layers the one that tells kinds of text apart best. A cell says how much more often (orange) or less often (blue) than evenly the tokens of that kind go to the expert.</source>
        <translation>Von allen Schichten die, die Textarten am besten unterscheidet. Ein Feld sagt, wie viel öfter (orange) oder seltener (blau) als gleichmäßig die Token dieser Art zum Experten gehen.</translation>
    </message>
    <message>
        <source>Map of kinds of text by experts.</source>
        <translation>Karte der Textarten und Experten.</translation>
    </message>
    <message>
        <source>How far kinds of text are apart</source>
        <translation>Wie weit Textarten auseinanderliegen</translation>
    </message>
    <message>
        <source>Distance</source>
        <translation>Abstand</translation>
    </message>
    <message>
        <source>0 %: all kinds of text use the experts alike. 100 %: no expert is shared. It is half the sum of the differences of their shares from the mean, averaged over the kinds.</source>
        <translation>0 %: Alle Textarten nutzen die Experten gleich. 100 %: Kein Experte wird geteilt. Es ist die halbe Summe der Unterschiede ihrer Anteile vom Mittel, gemittelt über die Arten.</translation>
    </message>
    <message>
        <source>Where it looks</source>
        <translation>Wohin er schaut</translation>
    </message>
    <message>
        <source>To predict the next token, each head of a layer looks back at the tokens so far. The pictures show the heads that follow a habit most clearly, on the same short text (section 2.1.1).</source>
        <translation>Um das nächste Token vorherzusagen, schaut jeder Kopf einer Schicht auf die bisherigen Token zurück. Die Bilder zeigen die Köpfe, die einer Gewohnheit am deutlichsten folgen, auf demselben kurzen Text (Abschnitt 2.1.1).</translation>
    </message>
    <message>
        <source>The text, on which its loss is %1 nats per token: “%2”</source>
        <translation>Der Text, auf dem sein Loss %1 Nats je Token beträgt: „%2“</translation>
    </message>
    <message>
        <source>This run kept no look at a text of its own: the pictures were made from its latest checkpoint for this report.</source>
        <translation>Dieser Lauf hat keinen Blick auf einen Text aufgehoben: Die Bilder wurden für diesen Bericht aus seinem letzten Checkpoint gemacht.</translation>
    </message>
    <message>
        <source>Attention of some heads, step %1</source>
        <translation>Aufmerksamkeit einiger Köpfe, Schritt %1</translation>
    </message>
    <message>
        <source>Read a row from left to right: how much the token on the left edge looks at each token below, the darker the more. Above the diagonal lies the future, which no head may see.</source>
        <translation>Lesen Sie eine Zeile von links nach rechts: wie sehr das Token am linken Rand auf jedes Token am unteren Rand schaut, je dunkler, desto mehr. Über der Diagonale liegt die Zukunft, die kein Kopf sehen darf.</translation>
    </message>
    <message>
        <source>A cell is the largest of %1 × %1 neighbours.</source>
        <translation>Ein Feld ist das größte von %1 × %1 Nachbarn.</translation>
    </message>
    <message>
        <source>Maps of tokens by tokens for %1 heads.</source>
        <translation>Karten von Token auf Token für %1 Köpfe.</translation>
    </message>
    <message>
        <source>Where these heads look on average</source>
        <translation>Wohin diese Köpfe im Mittel schauen</translation>
    </message>
    <message>
        <source>Head</source>
        <translation>Kopf</translation>
    </message>
    <message>
        <source>the token itself</source>
        <translation>das Token selbst</translation>
    </message>
    <message>
        <source>the one before</source>
        <translation>das davor</translation>
    </message>
    <message>
        <source>the first of the text</source>
        <translation>das erste des Textes</translation>
    </message>
    <message>
        <source>spread</source>
        <translation>verteilt</translation>
    </message>
    <message>
        <source>%1, head %2</source>
        <translation>%1, Kopf %2</translation>
    </message>
    <message>
        <source>Spread: how many tokens share the look, as a part of all that can be seen.</source>
        <translation>Verteilt: wie viele Token sich den Blick teilen, als Teil aller, die zu sehen sind.</translation>
    </message>
    <message>
        <source>Contents</source>
        <translation>Inhalt</translation>
    </message>
    <message>
        <source>training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>unseen text</source>
        <translation>ungesehener Text</translation>
    </message>
    <message>
        <source>This run recorded no loss.</source>
        <translation>Dieser Lauf hat keinen Loss aufgezeichnet.</translation>
    </message>
    <message>
        <source>Loss of the next token</source>
        <translation>Loss beim nächsten Token</translation>
    </message>
    <message>
        <source>Each point is the mean of a few steps, the faint band reaches from the smallest to the largest of them. Crosses at the bottom mark values that are no numbers, triangles at an edge values beyond it.</source>
        <translation>Jeder Punkt ist das Mittel weniger Schritte, das blasse Band reicht vom kleinsten zum größten von ihnen. Kreuze unten stehen für Werte, die keine Zahlen sind, Dreiecke an einem Rand für Werte jenseits davon.</translation>
    </message>
    <message>
        <source>Curve of the loss over steps, from %1 to %2 nats per token.</source>
        <translation>Kurve des Loss über die Schritte, von %1 bis %2 Nats je Token.</translation>
    </message>
    <message>
        <source>This model has no module that predicts further ahead, or recorded no loss of it.</source>
        <translation>Dieses Modell hat kein Modul, das weiter voraussagt, oder hat dessen Loss nicht aufgezeichnet.</translation>
    </message>
    <message>
        <source>next token</source>
        <translation>nächstes Token</translation>
    </message>
    <message>
        <source>MTP 1 predicts the token after the next one, MTP 2 the one after that (section 2.2). They lie above the loss of the next token, since the further future is harder to guess.</source>
        <translation>MTP 1 sagt das übernächste Token voraus, MTP 2 das danach (Abschnitt 2.2). Sie liegen über dem Loss beim nächsten Token, denn die fernere Zukunft ist schwerer zu erraten.</translation>
    </message>
    <message>
        <source>Curves of the losses of the MTP modules over steps.</source>
        <translation>Kurven der Losses der MTP-Module über die Schritte.</translation>
    </message>
    <message>
        <source>Losses</source>
        <translation>Losses</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Loss</translation>
    </message>
    <message>
        <source>first</source>
        <translation>zuerst</translation>
    </message>
    <message>
        <source>smallest</source>
        <translation>kleinster</translation>
    </message>
    <message>
        <source>last</source>
        <translation>zuletzt</translation>
    </message>
    <message>
        <source>of the next token, training</source>
        <translation>beim nächsten Token, Training</translation>
    </message>
    <message>
        <source>of the next token, unseen text</source>
        <translation>beim nächsten Token, ungesehener Text</translation>
    </message>
    <message>
        <source>what is minimised, with MTP and balance</source>
        <translation>was verkleinert wird, mit MTP und Gleichgewicht</translation>
    </message>
    <message>
        <source>In nats per token: the natural logarithm of one over the probability that the model gave to what came next.</source>
        <translation>In Nats je Token: der natürliche Logarithmus des Kehrwerts der Wahrscheinlichkeit, die das Modell dem gab, was dann kam.</translation>
    </message>
    <message>
        <source>On unseen text the model needs %1 bits for each byte.</source>
        <translation>Auf ungesehenem Text braucht das Modell %1 Bit für jedes Byte.</translation>
    </message>
    <message>
        <source>What it learned</source>
        <translation>Was er gelernt hat</translation>
    </message>
    <message>
        <source>The loss says how surprised the model is by the next token: lower is better, and zero would be certainty. A curve for unseen text that turns up again while the one for training falls would mean that the model learns its data by heart.</source>
        <translation>Der Loss sagt, wie sehr das Modell vom nächsten Token überrascht wird: Kleiner ist besser, und null wäre Gewissheit. Stiege die Kurve für ungesehenen Text wieder, während die für das Training fällt, so lernte das Modell seine Daten auswendig.</translation>
    </message>
    <message>
        <source>What it writes</source>
        <translation>Was es schreibt</translation>
    </message>
    <message>
        <source>At step %1 the model continued a beginning by itself:</source>
        <translation>In Schritt %1 hat das Modell einen Anfang selbst fortgesetzt:</translation>
    </message>
    <message>
        <source>expert</source>
        <translation>Experte</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>load ÷ mean load of the layer</source>
        <translation>Last ÷ mittlere Last der Schicht</translation>
    </message>
    <message>
        <source>looks at the token itself</source>
        <translation>schaut auf das Token selbst</translation>
    </message>
    <message>
        <source>looks at the token before</source>
        <translation>schaut auf das Token davor</translation>
    </message>
    <message>
        <source>looks at the first token</source>
        <translation>schaut auf das erste Token</translation>
    </message>
    <message>
        <source>looks at many tokens alike</source>
        <translation>schaut auf viele Token gleich</translation>
    </message>
    <message>
        <source>Step %1</source>
        <translation>Schritt %1</translation>
    </message>
    <message>
        <source>%1, step %2</source>
        <translation>%1, Schritt %2</translation>
    </message>
    <message>
        <source>share of the domain&apos;s choices ÷ even share</source>
        <translation>Anteil an den Wahlen der Textart ÷ gleicher Anteil</translation>
    </message>
    <message>
        <source>Page %1 of %2</source>
        <translation>Seite %1 von %2</translation>
    </message>
    <message>
        <source>Figure %1</source>
        <translation>Abbildung %1</translation>
    </message>
    <message>
        <source>Table %1</source>
        <translation>Tabelle %1</translation>
    </message>
    <message>
        <source>This run recorded no curves.</source>
        <translation>Dieser Lauf hat keine Kurven aufgezeichnet.</translation>
    </message>
    <message>
        <source>This run kept no maps of its experts&apos; loads.</source>
        <translation>Dieser Lauf hat keine Karten der Last seiner Experten aufgehoben.</translation>
    </message>
    <message>
        <source>This run recorded no balance of its experts.</source>
        <translation>Dieser Lauf hat kein Gleichgewicht seiner Experten aufgezeichnet.</translation>
    </message>
    <message>
        <source>This run kept no loads by domain of its data.</source>
        <translation>Dieser Lauf hat keine Lasten nach Art seiner Daten aufgehoben.</translation>
    </message>
    <message>
        <source>This run kept no attention maps.</source>
        <translation>Dieser Lauf hat keine Karten der Aufmerksamkeit aufgehoben.</translation>
    </message>
    <message>
        <source>This run has no count of accepted drafts.</source>
        <translation>Dieser Lauf hat keine angenommenen Entwürfe gezählt.</translation>
    </message>
    <message>
        <source>This run recorded no tokens and seconds to measure its speed by.</source>
        <translation>Dieser Lauf hat keine Token und Sekunden aufgezeichnet, an denen sich seine Geschwindigkeit messen ließe.</translation>
    </message>
    <message>
        <source>The memory of this model cannot be planned by this version.</source>
        <translation>Der Speicher dieses Modells lässt sich von dieser Version nicht planen.</translation>
    </message>
    <message>
        <source>This run cannot be priced.</source>
        <translation>Für diesen Lauf lassen sich keine Kosten nennen.</translation>
    </message>
    <message>
        <source>This run recorded no events.</source>
        <translation>Dieser Lauf hat keine Ereignisse aufgezeichnet.</translation>
    </message>
    <message>
        <source>This run has no checkpoint.</source>
        <translation>Dieser Lauf hat keinen Checkpoint.</translation>
    </message>
    <message>
        <source>Nobody has noted anything about this run.</source>
        <translation>Niemand hat etwas über diesen Lauf notiert.</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 h</translation>
    </message>
    <message>
        <source>%1 days</source>
        <translation>%1 Tage</translation>
    </message>
    <message>
        <source>d MMMM yyyy</source>
        <extracomment>of a date: day, month, year as QLocale::toString() has them</extracomment>
        <translation>d. MMMM yyyy</translation>
    </message>
    <message>
        <source>%1 to %2</source>
        <translation>%1 bis %2</translation>
    </message>
    <message>
        <source>It is still being trained.</source>
        <translation>Er wird noch trainiert.</translation>
    </message>
    <message>
        <source>It ended as planned.</source>
        <translation>Er endete wie geplant.</translation>
    </message>
    <message>
        <source>Somebody stopped it before its planned end.</source>
        <translation>Jemand hielt ihn vor seinem geplanten Ende an.</translation>
    </message>
    <message>
        <source>It failed.</source>
        <translation>Er ist gescheitert.</translation>
    </message>
    <message>
        <source>It was interrupted: its process ended without saying so.</source>
        <translation>Er wurde unterbrochen: Sein Prozess endete, ohne es zu sagen.</translation>
    </message>
    <message>
        <source>Its files are damaged.</source>
        <translation>Seine Dateien sind beschädigt.</translation>
    </message>
    <message>
        <source>It does not say how it ended.</source>
        <translation>Er sagt nicht, wie er endete.</translation>
    </message>
    <message>
        <source>a run without a name</source>
        <translation>ein Lauf ohne Namen</translation>
    </message>
    <message>
        <source>Training report: %1</source>
        <translation>Trainingsbericht: %1</translation>
    </message>
    <message>
        <source>Model %1, %2 steps, begun on %3</source>
        <translation>Modell %1, %2 Schritte, begonnen am %3</translation>
    </message>
    <message>
        <source>Comparison of %1 runs</source>
        <translation>Vergleich von %1 Läufen</translation>
    </message>
    <message>
        <source>Triptych %1, %2</source>
        <translation>Triptych %1, %2</translation>
    </message>
    <message>
        <source>Setting</source>
        <translation>Einstellung</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>Einheit</translation>
    </message>
    <message>
        <source>Usual</source>
        <translation>Üblich</translation>
    </message>
    <message>
        <source>What it is</source>
        <translation>Was es ist</translation>
    </message>
    <message>
        <source>“Usual” is given where the value differs from it.</source>
        <translation>„Üblich“ steht da, wo der Wert davon abweicht.</translation>
    </message>
    <message>
        <source>Events</source>
        <translation>Ereignisse</translation>
    </message>
    <message>
        <source>Time (UTC)</source>
        <translation>Zeit (UTC)</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Event</source>
        <translation>Ereignis</translation>
    </message>
    <message>
        <source>%1 older events are left out.</source>
        <translation>%1 ältere Ereignisse sind weggelassen.</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>Hash of the content</source>
        <translation>Prüfsumme des Inhalts</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>Dokumente</translation>
    </message>
    <message>
        <source>endless</source>
        <translation>endlos</translation>
    </message>
    <message>
        <source>What happened</source>
        <translation>Was geschah</translation>
    </message>
    <message>
        <source>Everything that the run itself recorded beside its numbers: evaluations, checkpoints, alarms, and settings that somebody changed while it trained.</source>
        <translation>Alles, was der Lauf selbst neben seinen Zahlen aufgezeichnet hat: Validierungen, Checkpoints, Warnungen und Einstellungen, die jemand während des Trainings geändert hat.</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notizen</translation>
    </message>
    <message>
        <source>Tags: %1</source>
        <translation>Schlagwörter: %1</translation>
    </message>
    <message>
        <source>Checkpoints, each a folder in the Hugging Face format: %1.</source>
        <translation>Checkpoints, jeder ein Ordner im Format von Hugging Face: %1.</translation>
    </message>
    <message>
        <source>This command trains the run once more:</source>
        <translation>Dieser Befehl trainiert den Lauf noch einmal:</translation>
    </message>
    <message>
        <source>Program and machine</source>
        <translation>Programm und Maschine</translation>
    </message>
    <message>
        <source>Triptych</source>
        <translation>Triptych</translation>
    </message>
    <message>
        <source>revision of its source</source>
        <translation>Stand seines Quelltexts</translation>
    </message>
    <message>
        <source>host</source>
        <translation>Rechner</translation>
    </message>
    <message>
        <source>begun (UTC)</source>
        <translation>begonnen (UTC)</translation>
    </message>
    <message>
        <source>ended (UTC)</source>
        <translation>beendet (UTC)</translation>
    </message>
    <message>
        <source>seed</source>
        <translation>Startwert</translation>
    </message>
    <message>
        <source>begun from</source>
        <translation>begonnen mit</translation>
    </message>
    <message>
        <source>%1, step %2, with %3 changed</source>
        <translation>%1, Schritt %2, geändert: %3</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>nichts</translation>
    </message>
    <message>
        <source>Settings of the training</source>
        <translation>Einstellungen des Trainings</translation>
    </message>
    <message>
        <source>Settings of the model</source>
        <translation>Einstellungen des Modells</translation>
    </message>
    <message>
        <source>throughput, tokens per second</source>
        <translation>Durchsatz, Token je Sekunde</translation>
    </message>
    <message>
        <source>learning rate</source>
        <translation>Lernrate</translation>
    </message>
    <message>
        <source>norm of the gradient before clipping</source>
        <translation>Norm des Gradienten vor der Begrenzung</translation>
    </message>
    <message>
        <source>Speed and calm of the training</source>
        <translation>Geschwindigkeit und Ruhe des Trainings</translation>
    </message>
    <message>
        <source>The learning rate rises, stays and falls as planned (section 4.2). A gradient whose norm jumps by powers of ten would announce trouble. Throughput dips where the model was evaluated or saved.</source>
        <translation>Die Lernrate steigt, bleibt und fällt wie geplant (Abschnitt 4.2). Ein Gradient, dessen Norm um Zehnerpotenzen springt, kündigte Schwierigkeiten an. Der Durchsatz bricht ein, wo das Modell ausgewertet oder gesichert wurde.</translation>
    </message>
    <message>
        <source>Curves of throughput, learning rate, gradient norm and share of the peak over steps.</source>
        <translation>Kurven von Durchsatz, Lernrate, Gradientennorm und Anteil an der Spitze über die Schritte.</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Geschwindigkeit</translation>
    </message>
    <message>
        <source>tokens per second, whole run</source>
        <translation>Token je Sekunde, ganzer Lauf</translation>
    </message>
    <message>
        <source>tokens per second, median step</source>
        <translation>Token je Sekunde, mittlerer Schritt (Median)</translation>
    </message>
    <message>
        <source>tokens of a step</source>
        <translation>Token eines Schritts</translation>
    </message>
    <message>
        <source>operations per token, training</source>
        <translation>Rechenschritte je Token beim Training</translation>
    </message>
    <message>
        <source>operations per second</source>
        <translation>Rechenschritte je Sekunde</translation>
    </message>
    <message>
        <source>peak that the share is of</source>
        <translation>Spitze, auf die sich der Anteil bezieht</translation>
    </message>
    <message>
        <source>share of the peak (MFU), last 200 steps</source>
        <translation>Anteil an der Spitze (MFU), letzte 200 Schritte</translation>
    </message>
    <message>
        <source>best share of the peak</source>
        <translation>bester Anteil an der Spitze</translation>
    </message>
    <message>
        <source>Operations are counted with causal attention, backward pass and MTP modules. The peak of this machine is its own fastest matrix product, measured.</source>
        <translation>Gezählt wird mit kausaler Aufmerksamkeit, Rückwärtsdurchgang und MTP-Modulen. Die Spitze dieser Maschine ist ihr eigenes schnellstes Matrixprodukt, gemessen.</translation>
    </message>
    <message>
        <source>weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <source>gradients</source>
        <translation>Gradienten</translation>
    </message>
    <message>
        <source>moments of the optimizer</source>
        <translation>Momente des Optimierers</translation>
    </message>
    <message>
        <source>weights in the order of the kernels</source>
        <translation>Gewichte in der Ordnung der Kernel</translation>
    </message>
    <message>
        <source>sums over micro-batches</source>
        <translation>Summen über Mikrobatches</translation>
    </message>
    <message>
        <source>kept for the backward pass</source>
        <translation>für den Rückwärtsdurchgang aufgehoben</translation>
    </message>
    <message>
        <source>one layer&apos;s work</source>
        <translation>Arbeit einer Schicht</translation>
    </message>
    <message>
        <source>scratch</source>
        <translation>Zwischenspeicher</translation>
    </message>
    <message>
        <source>Memory of the training</source>
        <translation>Speicher des Trainings</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>Verwendung</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>Anteil</translation>
    </message>
    <message>
        <source>As planned before the first step: nothing is allocated while it trains.</source>
        <translation>Wie vor dem ersten Schritt geplant: Während des Trainings wird nichts mehr angefordert.</translation>
    </message>
    <message>
        <source>How fast it went</source>
        <translation>Wie schnell er war</translation>
    </message>
    <message>
        <source>Speed is measured in tokens per second of training. The share of the peak (MFU) sets the operations that the model needs against what the machine could do at best: it tells how much of the hardware, and of its price, was put to use.</source>
        <translation>Die Geschwindigkeit wird in Token je Sekunde Training gemessen. Der Anteil an der Spitze (MFU) setzt die Rechenschritte, die das Modell braucht, ins Verhältnis zu dem, was die Maschine bestenfalls könnte: Er sagt, wie viel der Hardware, und ihres Preises, genutzt wurde.</translation>
    </message>
    <message>
        <source>The run “%1” trained the model “%2”: a language model with %3 parameters, of which %4 work on each token. It is built like DeepSeek-V3 (arXiv:2412.19437): a router sends each token to a few of many experts (MoE), attention keeps a compressed memory of the text (MLA), and extra modules learn to predict more than one token ahead (MTP).</source>
        <translation>Der Lauf „%1“ hat das Modell „%2“ trainiert: ein Sprachmodell mit %3 Parametern, von denen %4 an jedem Token arbeiten. Es ist wie DeepSeek-V3 gebaut (arXiv:2412.19437): Ein Router schickt jedes Token zu wenigen von vielen Experten (MoE), die Aufmerksamkeit hält ein verdichtetes Gedächtnis des Textes (MLA), und zusätzliche Module lernen, mehr als ein Token vorauszusagen (MTP).</translation>
    </message>
    <message>
        <source>In %1 steps it read %2 tokens of %3.</source>
        <translation>In %1 Schritten hat er %2 Token aus %3 gelesen.</translation>
    </message>
    <message>
        <source>data that is not known</source>
        <translation>nicht bekannten Daten</translation>
    </message>
    <message>
        <source>It made %1 steps.</source>
        <translation>Er hat %1 Schritte gemacht.</translation>
    </message>
    <message>
        <source>%1 steps were planned.</source>
        <translation>Geplant waren %1 Schritte.</translation>
    </message>
    <message>
        <source>It recorded no loss: how well it did is not known.</source>
        <translation>Er hat keinen Loss aufgezeichnet: Wie gut er war, ist nicht bekannt.</translation>
    </message>
    <message>
        <source>The loss on text that it never trained on went from %1 to %2 nats per token.</source>
        <translation>Der Loss auf Text, auf dem er nie trainiert hat, ging von %1 auf %2 Nats je Token.</translation>
    </message>
    <message>
        <source>The loss on its training text went from %1 to %2 nats per token.</source>
        <translation>Der Loss auf seinem Trainingstext ging von %1 auf %2 Nats je Token.</translation>
    </message>
    <message>
        <source>In other words: on average (geometric mean) it gives the token that comes next a probability of %1; guessing among its %2 tokens would give %3.</source>
        <translation>Mit anderen Worten: Im Mittel (geometrisch) gibt das Modell dem Token, das als nächstes kommt, eine Wahrscheinlichkeit von %1; Raten unter seinen %2 Token gäbe %3.</translation>
    </message>
    <message>
        <source>It trained on %1 tokens per second on average (device: %2).</source>
        <translation>Er hat im Mittel auf %1 Token je Sekunde trainiert (Gerät: %2).</translation>
    </message>
    <message>
        <source>That is %1 of what its matrix products could do at best (MFU).</source>
        <translation>Das sind %1 dessen, was seine Matrixprodukte bestenfalls könnten (MFU).</translation>
    </message>
    <message>
        <source>Loss on unseen text</source>
        <translation>Loss auf ungesehenem Text</translation>
    </message>
    <message>
        <source>nats per token at step %1</source>
        <translation>Nats je Token in Schritt %1</translation>
    </message>
    <message>
        <source>Loss in training</source>
        <translation>Loss beim Training</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>in %1 steps</source>
        <translation>in %1 Schritten</translation>
    </message>
    <message>
        <source>Training time</source>
        <translation>Trainingszeit</translation>
    </message>
    <message>
        <source>of the device, all sessions together</source>
        <translation>des Geräts, alle Sitzungen zusammen</translation>
    </message>
    <message>
        <source>Headline cost</source>
        <translation>Schlagzeilenkosten</translation>
    </message>
    <message>
        <source>this run alone, rented</source>
        <translation>dieser Lauf allein, gemietet</translation>
    </message>
    <message>
        <source>Why it failed: %1</source>
        <translation>Warum er gescheitert ist: %1</translation>
    </message>
    <message>
        <source>Not everything could be read: %1</source>
        <translation>Nicht alles ließ sich lesen: %1</translation>
    </message>
    <message>
        <source>Each chapter opens with what its figures show and how to read them. Numbers that were not measured say so, and what this run did not record is named where it would stand. “Section” refers to the DeepSeek-V3 report, arXiv:2412.19437.</source>
        <translation>Jedes Kapitel beginnt damit, was seine Abbildungen zeigen und wie man sie liest. Zahlen, die nicht gemessen wurden, sagen es, und was dieser Lauf nicht aufgezeichnet hat, wird dort genannt, wo es stünde. „Abschnitt“ meint den Bericht über DeepSeek-V3, arXiv:2412.19437.</translation>
    </message>
    <message>
        <source>steps that stand</source>
        <translation>Schritte, die gelten</translation>
    </message>
    <message>
        <source>saving what was learned</source>
        <translation>Sichern des Gelernten</translation>
    </message>
    <message>
        <source>measuring on unseen text</source>
        <translation>Messen auf ungesehenem Text</translation>
    </message>
    <message>
        <source>between steps: records, pictures, waiting for a disk</source>
        <translation>zwischen Schritten: Aufzeichnungen, Bilder, Warten auf die Platte</translation>
    </message>
    <message>
        <source>from the start of a session to its first step</source>
        <translation>vom Beginn einer Sitzung bis zu ihrem ersten Schritt</translation>
    </message>
    <message>
        <source>steps that had to be made again</source>
        <translation>Schritte, die noch einmal gemacht werden mussten</translation>
    </message>
    <message>
        <source>held and paused</source>
        <translation>belegt und angehalten</translation>
    </message>
    <message>
        <source>seconds</source>
        <translation>Sekunden</translation>
    </message>
    <message>
        <source>minutes</source>
        <translation>Minuten</translation>
    </message>
    <message>
        <source>hours</source>
        <translation>Stunden</translation>
    </message>
    <message>
        <source>productive</source>
        <translation>produktiv</translation>
    </message>
    <message>
        <source>checkpoints</source>
        <translation>Checkpoints</translation>
    </message>
    <message>
        <source>evaluation</source>
        <translation>Validierung</translation>
    </message>
    <message>
        <source>stall</source>
        <translation>Stockung</translation>
    </message>
    <message>
        <source>restart</source>
        <translation>Neustart</translation>
    </message>
    <message>
        <source>lost</source>
        <translation>verloren</translation>
    </message>
    <message>
        <source>idle</source>
        <translation>untätig</translation>
    </message>
    <message>
        <source>Where the time went</source>
        <translation>Wohin die Zeit ging</translation>
    </message>
    <message>
        <source>Every second that the machine was held is counted once, over all sessions of a run.</source>
        <translation>Jede Sekunde, in der die Maschine belegt war, ist einmal gezählt, über alle Sitzungen eines Laufs.</translation>
    </message>
    <message>
        <source>Bars of the time of a run by use.</source>
        <translation>Balken der Zeit eines Laufs nach Verwendung.</translation>
    </message>
    <message>
        <source>Whoever rents or owns a machine pays for all of its time, not for the productive part alone. Goodput is the productive share of everything but idle time.</source>
        <translation>Wer eine Maschine mietet oder besitzt, bezahlt ihre ganze Zeit, nicht nur den produktiven Teil. Goodput ist der produktive Anteil an allem außer der untätigen Zeit.</translation>
    </message>
    <message>
        <source>Time by use</source>
        <translation>Zeit nach Verwendung</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>At the rental price</source>
        <translation>Zum Mietpreis</translation>
    </message>
    <message>
        <source>At the full price</source>
        <translation>Zum Vollpreis</translation>
    </message>
    <message>
        <source>goodput %1</source>
        <translation>Goodput %1</translation>
    </message>
    <message>
        <source>What it cost depends on what is counted. Renting the machine for this run alone: %1 (the headline lens, the one under which DeepSeek-V3 cost $5.576 million). With owned hardware, energy, the failed runs before it and the people: %2 (the full-cost lens; its band is %3). Both count the same %4 of training.</source>
        <translation>Was er gekostet hat, hängt davon ab, was gezählt wird. Die Maschine für diesen Lauf allein zu mieten: %1 (die Sichtweise der Schlagzeile, nach der DeepSeek-V3 5,576 Millionen Dollar gekostet hat). Mit eigener Hardware, Energie, den misslungenen Läufen davor und den Menschen: %2 (die Sichtweise der Vollkosten; ihre Spanne ist %3). Beide zählen dieselbe Trainingszeit: %4.</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1 (%2 to %3)</source>
        <translation>%1 (%2 bis %3)</translation>
    </message>
    <message>
        <source>Inputs that are each run&apos;s own</source>
        <translation>Eingaben, die jeder Lauf für sich hat</translation>
    </message>
    <message>
        <source>With its range where it has one. Where they are from: %1.</source>
        <translation>Mit der Spanne, wo es eine gibt. Woher sie sind: %1.</translation>
    </message>
    <message>
        <source>Balance and specialisation side by side</source>
        <translation>Gleichgewicht und Spezialisierung nebeneinander</translation>
    </message>
    <message>
        <source>Diversity is the exponential of the entropy of the loads over the number of experts. Dead: less than 1 % of the mean load. Kinds of text are 0 % apart where all use the same experts, 100 % where they share none, here as the mean of the layers. A dash: not recorded.</source>
        <translation>Vielfalt ist die Exponentialfunktion der Entropie der Lasten durch die Zahl der Experten. Tot: weniger als 1 % der mittleren Last. Textarten liegen 0 % auseinander, wo alle dieselben Experten nutzen, 100 %, wo sie keinen teilen, hier im Mittel der Schichten. Ein Strich: nicht aufgezeichnet.</translation>
    </message>
    <message>
        <source>MaxVio of the worst layer, last 100 steps</source>
        <translation>MaxVio der schlechtesten Schicht, letzte 100 Schritte</translation>
    </message>
    <message>
        <source>MaxVio of the worst layer and step</source>
        <translation>MaxVio der schlechtesten Schicht im schlechtesten Schritt</translation>
    </message>
    <message>
        <source>diversity of the least diverse layer</source>
        <translation>Vielfalt der einseitigsten Schicht</translation>
    </message>
    <message>
        <source>dead experts of all layers</source>
        <translation>tote Experten aller Schichten</translation>
    </message>
    <message>
        <source>how far kinds of text are apart</source>
        <translation>wie weit Textarten auseinanderliegen</translation>
    </message>
    <message>
        <source>A dash: the run did not record it, or its model has no such part.</source>
        <translation>Ein Strich: Der Lauf hat es nicht aufgezeichnet, oder sein Modell hat keinen solchen Teil.</translation>
    </message>
    <message>
        <source>Accepted drafts of the first MTP module</source>
        <translation>Angenommene Entwürfe des ersten MTP-Moduls</translation>
    </message>
    <message>
        <source>share of the drafts, on unseen text</source>
        <translation>Anteil der Entwürfe, auf ungesehenem Text</translation>
    </message>
    <message>
        <source>Higher is better: so many steps of writing are saved (section 5.4.3).</source>
        <translation>Mehr ist besser: So viele Schritte beim Schreiben werden gespart (Abschnitt 5.4.3).</translation>
    </message>
    <message>
        <source>Data with their hashes, program and command of every run. All settings, attention and load maps over time are in the report of each run alone.</source>
        <translation>Daten mit ihren Prüfsummen, Programm und Befehl jedes Laufs. Alle Einstellungen, Aufmerksamkeit und Lastkarten im Lauf der Zeit stehen im Bericht jedes einzelnen Laufs.</translation>
    </message>
    <message>
        <source>The other inputs, the same for all runs</source>
        <translation>Die übrigen Eingaben, für alle Läufe dieselben</translation>
    </message>
    <message>
        <source>about %1</source>
        <translation>etwa %1</translation>
    </message>
    <message>
        <source>All of them are as usual, or there is nothing to compare them with.</source>
        <translation>Alle sind wie üblich, oder es gibt nichts, womit sie zu vergleichen wären.</translation>
    </message>
    <message>
        <source>start</source>
        <translation>Beginn</translation>
    </message>
    <message>
        <source>memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>validation</source>
        <translation>Validierung</translation>
    </message>
    <message>
        <source>checkpoint</source>
        <translation>Checkpoint</translation>
    </message>
    <message>
        <source>plan</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>setting</source>
        <translation>Einstellung</translation>
    </message>
    <message>
        <source>routing</source>
        <translation>Routing</translation>
    </message>
    <message>
        <source>error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>alarm</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>Alarms and errors are quoted as the program wrote them, in English.</source>
        <translation>Warnungen und Fehler stehen so da, wie das Programm sie schrieb: auf Englisch.</translation>
    </message>
    <message>
        <source>What begins with “builtin:” is text that the program makes up by rules as it goes, as much as is asked for.</source>
        <translation>Was mit „builtin:“ beginnt, ist Text, den das Programm nach Regeln fortlaufend selbst erzeugt, so viel verlangt wird.</translation>
    </message>
</context>
<context>
    <name>RoutingEffect</name>
    <message>
        <source>Validation loss: mean cross entropy of the main model, in nats per token, of the last validation before the
change and of the newest one after it (DeepSeek-V3 report, section 2.1.2, on the election of experts).
The model trained on between them: what it learnt meanwhile, and how other experts took over, is in the
difference, too. Right after the change it is nearest to what the change alone costs.</source>
        <translation>Validierungs-Loss: mittlere Kreuzentropie des Hauptmodells in nats je Token, der letzten Validierung vor der
Änderung und der neuesten danach (zur Auswahl der Experten: Bericht zu DeepSeek-V3, Abschnitt 2.1.2).
Dazwischen trainierte das Modell weiter: auch was es inzwischen lernte und wie andere Experten einsprangen, steckt
im Unterschied. Gleich nach der Änderung kommt er dem am nächsten, was sie allein kostet.</translation>
    </message>
    <message>
        <source>What “%1” costs is not known: no validation came before it.</source>
        <translation>Was „%1“ kostet, ist nicht bekannt: keine Validierung ging voraus.</translation>
    </message>
    <message>
        <source>%1 changes of the election</source>
        <translation>%1 Eingriffe in die Auswahl</translation>
    </message>
    <message>
        <source>validation loss %1 at step %2</source>
        <comment>before the change</comment>
        <translation>Validierungs-Loss %1 bei Schritt %2</translation>
    </message>
    <message>
        <source>%1: %2; the next validation tells what the model loses</source>
        <translation>%1: %2; die nächste Validierung sagt, was das Modell verliert</translation>
    </message>
    <message>
        <source>%1: %2, %3 at step %4: %5 nats, training included</source>
        <translation>%1: %2, %3 bei Schritt %4: %5 nats, das Training eingerechnet</translation>
    </message>
</context>
<context>
    <name>Sentence</name>
    <message>
        <source>The data %1 are as they were, with hash %2.</source>
        <translation>Die Daten %1 sind, wie sie waren, mit der Prüfsumme %2.</translation>
    </message>
    <message>
        <source>It is given in the folder that the run was started in.</source>
        <translation>Er wird in dem Ordner eingegeben, in dem der Lauf begonnen wurde.</translation>
    </message>
    <message>
        <source>Settings were changed while it trained (see the events); the command does not repeat that.</source>
        <translation>Während des Trainings wurden Einstellungen geändert (siehe die Ereignisse); der Befehl wiederholt das nicht.</translation>
    </message>
    <message>
        <source>The program is version %1, with %2 thread in %3.</source>
        <translation>Das Programm hat die Version %1, mit %2 Thread in %3.</translation>
    </message>
    <message>
        <source>The program is version %1, with %2 threads in %3.</source>
        <translation>Das Programm hat die Version %1, mit %2 Threads in %3.</translation>
    </message>
    <message>
        <source>The run %1 is there with its checkpoint of step %2.</source>
        <translation>Der Lauf %1 ist da, mit seinem Checkpoint von Schritt %2.</translation>
    </message>
    <message>
        <source>The model %1 is the one whose configuration this report shows; as it is now, no settings lead to it.</source>
        <translation>Das Modell %1 ist das, dessen Konfiguration dieser Bericht zeigt; so, wie es jetzt ist, führen keine Einstellungen zu ihm.</translation>
    </message>
    <message>
        <source>%1 on %2: %3M parameters, %4M active, %5; %6 tokens a step</source>
        <translation>%1 mit %2: %3 Mio. Parameter, %4 Mio. aktiv, %5; %6 Token je Schritt</translation>
    </message>
    <message>
        <source>validation loss %1 nats per token, %2 bits per byte, MaxVio %3</source>
        <translation>Loss der Validierung %1 Nats je Token, %2 Bits je Byte, MaxVio %3</translation>
    </message>
    <message>
        <source>saved %1</source>
        <translation>%1 gesichert</translation>
    </message>
    <message>
        <source>the learning rate was planned over %1 steps and stays at %2 beyond them</source>
        <translation>die Lernrate war über %1 Schritte geplant und bleibt danach bei %2</translation>
    </message>
    <message>
        <source>the learning rate is planned over %1 steps instead of %2, and goes from %3 to %4</source>
        <translation>die Lernrate ist über %1 statt %2 Schritte geplant und geht von %3 auf %4</translation>
    </message>
    <message>
        <source>%1 buffers are planned, %2 of memory are held</source>
        <translation>%1 Puffer sind geplant, %2 Speicher sind belegt</translation>
    </message>
    <message>
        <source>How positions are stretched beyond those trained on.</source>
        <translation>Wie Positionen über die trainierten hinaus gedehnt werden.</translation>
    </message>
    <message>
        <source>cannot write %1: no space left on the disk</source>
        <translation>%1 kann nicht geschrieben werden: kein Platz mehr auf dem Datenträger</translation>
    </message>
    <message>
        <source>Free some space, or choose a folder on another disk.</source>
        <translation>Platz schaffen oder einen Ordner auf einem anderen Datenträger wählen.</translation>
    </message>
    <message>
        <source>cannot write %1: permission denied</source>
        <translation>%1 kann nicht geschrieben werden: keine Berechtigung</translation>
    </message>
    <message>
        <source>Choose a file or folder that belongs to you, or change its permissions.</source>
        <translation>Eine eigene Datei oder einen eigenen Ordner wählen oder die Rechte ändern.</translation>
    </message>
    <message>
        <source>cannot write %1: the disk is mounted read-only</source>
        <translation>%1 kann nicht geschrieben werden: Der Datenträger ist schreibgeschützt eingehängt</translation>
    </message>
    <message>
        <source>Choose a folder on a disk that can be written.</source>
        <translation>Einen Ordner auf einem beschreibbaren Datenträger wählen.</translation>
    </message>
    <message>
        <source>cannot write %1: there is no folder %2</source>
        <translation>%1 kann nicht geschrieben werden: Den Ordner %2 gibt es nicht</translation>
    </message>
    <message>
        <source>Make the folder, or choose another one.</source>
        <translation>Den Ordner anlegen oder einen anderen wählen.</translation>
    </message>
    <message>
        <source>cannot write %1: it is a device or a pipe, and a regular file is needed</source>
        <translation>%1 kann nicht geschrieben werden: Es ist ein Gerät oder eine Pipe, und eine gewöhnliche Datei ist nötig</translation>
    </message>
    <message>
        <source>Name a new file.</source>
        <translation>Eine neue Datei nennen.</translation>
    </message>
    <message>
        <source>The run had no planned end: stop it at step %1 by Ctrl-C, and give it more minutes on a slower machine.</source>
        <translation>Der Lauf hatte kein geplantes Ende: In Schritt %1 mit Strg-C anhalten und auf einer langsameren Maschine mehr Minuten geben.</translation>
    </message>
</context>
<context>
    <name>Series</name>
    <message>
        <source>all layers</source>
        <translation>alle Schichten</translation>
    </message>
    <message>
        <source>all MTP modules</source>
        <translation>alle MTP-Module</translation>
    </message>
    <message>
        <source>MTP %1</source>
        <translation>MTP %1</translation>
    </message>
    <message>
        <source>all domains</source>
        <translation>alle Domänen</translation>
    </message>
    <message>
        <source>domain %1</source>
        <translation>Domäne %1</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Schichten</translation>
    </message>
    <message>
        <source>MTP modules</source>
        <translation>MTP-Module</translation>
    </message>
    <message>
        <source>Domains</source>
        <translation>Domänen</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>share</source>
        <translation>Anteil</translation>
    </message>
    <message>
        <source>The line is the median of all, the band goes from the smallest to the largest.</source>
        <translation>Die Linie ist der Median von allen, das Band geht vom kleinsten zum größten.</translation>
    </message>
    <message>
        <source>median of %1</source>
        <translation>Median von %1</translation>
    </message>
    <message>
        <source>Loss that is minimised</source>
        <translation>Minimierter Loss</translation>
    </message>
    <message>
        <source>minimised</source>
        <translation>minimiert</translation>
    </message>
    <message>
        <source>Training loss</source>
        <translation>Trainings-Loss</translation>
    </message>
    <message>
        <source>train</source>
        <translation>Train</translation>
    </message>
    <message>
        <source>MTP loss</source>
        <translation>MTP-Loss</translation>
    </message>
    <message>
        <source>MTP</source>
        <translation>MTP</translation>
    </message>
    <message>
        <source>Balance loss</source>
        <translation>Balance-Loss</translation>
    </message>
    <message>
        <source>balance</source>
        <translation>Balance</translation>
    </message>
    <message>
        <source>Gradient norm</source>
        <translation>Gradientennorm</translation>
    </message>
    <message>
        <source>norm</source>
        <translation>Norm</translation>
    </message>
    <message>
        <source>Learning rate</source>
        <translation>Lernrate</translation>
    </message>
    <message>
        <source>lr</source>
        <translation>Lernrate</translation>
    </message>
    <message>
        <source>Bias update speed γ</source>
        <translation>Bias-Schrittweite γ</translation>
    </message>
    <message>
        <source>γ</source>
        <translation>γ</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>Time of a step</source>
        <translation>Dauer eines Schritts</translation>
    </message>
    <message>
        <source>step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>Tokens per second</source>
        <translation>Token je Sekunde</translation>
    </message>
    <message>
        <source>measured</source>
        <translation>gemessen</translation>
    </message>
    <message>
        <source>Share of peak</source>
        <translation>Anteil vom Maximum</translation>
    </message>
    <message>
        <source>of peak</source>
        <translation>vom Maximum</translation>
    </message>
    <message>
        <source>MaxVio</source>
        <translation>MaxVio</translation>
    </message>
    <message>
        <source>MaxVio of micro-batches</source>
        <translation>MaxVio der Micro-Batches</translation>
    </message>
    <message>
        <source>micro</source>
        <translation>Micro-Batch</translation>
    </message>
    <message>
        <source>Validation loss</source>
        <translation>Validierungs-Loss</translation>
    </message>
    <message>
        <source>validation</source>
        <translation>Valid.</translation>
    </message>
    <message>
        <source>MTP validation loss</source>
        <translation>MTP-Validierungs-Loss</translation>
    </message>
    <message>
        <source>MTP val.</source>
        <translation>MTP-Val.</translation>
    </message>
    <message>
        <source>Validation bits per byte</source>
        <translation>Bits je Byte der Validierung</translation>
    </message>
    <message>
        <source>bits</source>
        <translation>Bits</translation>
    </message>
    <message>
        <source>MaxVio of the validation</source>
        <translation>MaxVio der Validierung</translation>
    </message>
    <message>
        <source>val.</source>
        <translation>Val.</translation>
    </message>
    <message>
        <source>Speed-up by drafts</source>
        <translation>Beschleunigung durch Entwürfe</translation>
    </message>
    <message>
        <source>speed-up</source>
        <translation>Beschleunigung</translation>
    </message>
    <message>
        <source>Headline cost</source>
        <translation>Schlagzeilenkosten</translation>
    </message>
    <message>
        <source>headline</source>
        <translation>Schlagzeile</translation>
    </message>
    <message>
        <source>Full cost</source>
        <translation>Vollkosten</translation>
    </message>
    <message>
        <source>full cost</source>
        <translation>Vollkosten</translation>
    </message>
    <message>
        <source>Device time</source>
        <translation>Gerätezeit</translation>
    </message>
    <message>
        <source>device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>MinVio</source>
        <translation>MinVio</translation>
    </message>
    <message>
        <source>Load variation</source>
        <translation>Streuung der Last</translation>
    </message>
    <message>
        <source>variation</source>
        <translation>Streuung</translation>
    </message>
    <message>
        <source>Diversity</source>
        <translation>Vielfalt</translation>
    </message>
    <message>
        <source>diversity</source>
        <translation>Vielfalt</translation>
    </message>
    <message>
        <source>Dead experts</source>
        <translation>Tote Experten</translation>
    </message>
    <message>
        <source>dead</source>
        <translation>tot</translation>
    </message>
    <message>
        <source>Bias spread</source>
        <translation>Spannweite der Biases</translation>
    </message>
    <message>
        <source>spread</source>
        <translation>Spannweite</translation>
    </message>
    <message>
        <source>Effective rank of the latent</source>
        <translation>Effektiver Rang des Latents</translation>
    </message>
    <message>
        <source>rank</source>
        <translation>Rang</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Loss</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>Loss</translation>
    </message>
    <message>
        <source>Acceptance</source>
        <translation>Annahme</translation>
    </message>
    <message>
        <source>accepted</source>
        <translation>angenommen</translation>
    </message>
    <message>
        <source>Weight of the MTP loss λ</source>
        <translation>Gewicht des MTP-Loss λ</translation>
    </message>
    <message>
        <source>λ</source>
        <translation>λ</translation>
    </message>
    <message>
        <source>Model FLOPs</source>
        <translation>FLOPs des Modells</translation>
    </message>
    <message>
        <source>FLOPs</source>
        <translation>FLOPs</translation>
    </message>
    <message>
        <source>Wall time</source>
        <translation>Zeit nach der Uhr</translation>
    </message>
    <message>
        <source>wall</source>
        <translation>Uhr</translation>
    </message>
    <message>
        <source>MaxVio, micro</source>
        <translation>MaxVio, Micro</translation>
    </message>
    <message>
        <source>MinVio of micro-batches</source>
        <translation>MinVio der Micro-Batches</translation>
    </message>
    <message>
        <source>MinVio, micro</source>
        <translation>MinVio, Micro</translation>
    </message>
    <message>
        <source>Load variation of micro-batches</source>
        <translation>Streuung der Last der Micro-Batches</translation>
    </message>
    <message>
        <source>variation, micro</source>
        <translation>Streuung, Micro</translation>
    </message>
    <message>
        <source>Diversity of micro-batches</source>
        <translation>Vielfalt der Micro-Batches</translation>
    </message>
    <message>
        <source>diversity, micro</source>
        <translation>Vielfalt, Micro</translation>
    </message>
    <message>
        <source>Dead experts of micro-batches</source>
        <translation>Tote Experten der Micro-Batches</translation>
    </message>
    <message>
        <source>dead, micro</source>
        <translation>tot, Micro</translation>
    </message>
</context>
<context>
    <name>Tokens</name>
    <message>
        <source>“%1”</source>
        <translation>„%1“</translation>
    </message>
    <message>
        <source>%1 in “%2”</source>
        <comment>a token in its word</comment>
        <translation>%1 in „%2“</translation>
    </message>
</context>
<context>
    <name>TypedNumber</name>
    <message>
        <source>“%1” is no number</source>
        <translation>„%1“ ist keine Zahl</translation>
    </message>
    <message>
        <source>Write a number, as 2.95, 2048, 1e6 or 14.8T.</source>
        <translation>Schreiben Sie eine Zahl, etwa 2,95, 2048, 1e6 oder 14,8T.</translation>
    </message>
    <message>
        <source>It may be %1 or %2: write one of them.</source>
        <comment>two readings of what was typed</comment>
        <translation>Es kann %1 oder %2 sein: schreiben Sie eines davon.</translation>
    </message>
    <message>
        <source>With a decimal point that is %1.</source>
        <translation>Mit Dezimalpunkt ist das %1.</translation>
    </message>
</context>
<context>
    <name>WindowCost</name>
    <message>
        <source>this window: %1 of a core, pictures of the model %2 of the training</source>
        <translation>dieses Fenster: %1 eines Kerns, Bilder des Modells %2 des Trainings</translation>
    </message>
    <message>
        <source>Over the last %1 seconds. Window: CPU time of the thread that draws / wall time. Pictures: time that the training spends on the
probe text and on the rank of latents for this window / wall time. Where training keeps all cores busy, it is slower by about their
sum; copies of loads and timings of kernels are not counted. While a hand is on the window it looks more often, and both are larger. A dash: no training goes on in this program, or
the system does not tell the time of a thread.</source>
        <translation>Über die letzten %1 Sekunden. Fenster: CPU-Zeit des zeichnenden Threads / Wanduhrzeit. Bilder: Zeit, die das Training für dieses
Fenster mit dem Probetext und dem Rang der Latents verbringt / Wanduhrzeit. Wo das Training alle Kerne auslastet, ist es um etwa
ihre Summe langsamer; Kopien von Lasten und Zeiten von Kernels sind nicht dabei. Solange eine Hand am Fenster ist, schaut es
öfter, und beide sind größer. Ein Strich: in diesem Programm läuft kein Training, oder das System nennt die Zeit eines Threads nicht.</translation>
    </message>
</context>
<context>
    <name>XAxis</name>
    <message>
        <source>Tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>Tokens trained on since the first step: runs with batches of different sizes in one picture.</source>
        <translation>Token, auf denen seit dem ersten Schritt trainiert wurde: Läufe mit verschieden großen Batches in einem Bild.</translation>
    </message>
    <message>
        <source>Time trained</source>
        <translation>Trainierte Zeit</translation>
    </message>
    <message>
        <source>time, s</source>
        <translation>Zeit, s</translation>
    </message>
    <message>
        <source>Seconds that the device has worked on the run, over all its sessions, without pauses.</source>
        <translation>Sekunden, die das Gerät an dem Lauf gearbeitet hat, über alle seine Sitzungen, ohne Pausen.</translation>
    </message>
    <message>
        <source>Time from its start</source>
        <translation>Zeit seit seinem Beginn</translation>
    </message>
    <message>
        <source>Seconds of training since the first step that the run itself recorded: a run that began with a checkpoint of another starts at 0, too.</source>
        <translation>Sekunden des Trainings seit dem ersten Schritt, den der Lauf selbst aufgezeichnet hat: auch ein Lauf, der mit dem Checkpoint eines anderen begann, fängt bei 0 an.</translation>
    </message>
    <message>
        <source>FLOPs</source>
        <translation>FLOPs</translation>
    </message>
    <message>
        <source>Device-hours so far at the rental price: the headline view of what the run costs.</source>
        <translation>Gerätestunden bisher zum Mietpreis: die Schlagzeilen-Sicht auf die Kosten des Laufs.</translation>
    </message>
    <message>
        <source>Step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>Steps of the optimizer.</source>
        <translation>Schritte des Optimierers.</translation>
    </message>
    <message>
        <source>%1 has not recorded %2: over steps</source>
        <translation>%1 hat %2 nicht aufgezeichnet: über Schritten</translation>
    </message>
    <message>
        <source>Floating-point operations: tokens × 3 × forward FLOPs per token (causal attention, MTP included, as many experts as a token chose), a multiply and an add counting as two.</source>
        <translation>Gleitkomma-Operationen: Token × 3 × Vorwärts-FLOPs je Token (kausale Aufmerksamkeit, mit MTP, so viele Experten, wie ein Token gewählt hat); Multiplikation und Addition zählen als zwei.</translation>
    </message>
    <message>
        <source>Wall time</source>
        <translation>Zeit nach der Uhr</translation>
    </message>
    <message>
        <source>Seconds by the clock since the run was begun: with evaluations, checkpoints, and pauses between its sessions.</source>
        <translation>Sekunden nach der Uhr, seit der Lauf begonnen wurde: mit Auswertungen, Checkpoints und Pausen zwischen seinen Sitzungen.</translation>
    </message>
    <message>
        <source>wall, s</source>
        <translation>Uhr, s</translation>
    </message>
</context>
<context>
    <name>triptych::AlertChips</name>
    <message>
        <source>! %1 alerts</source>
        <translation>! %1 Alarme</translation>
    </message>
    <message>
        <source>15 Hz</source>
        <translation>15 Hz</translation>
    </message>
    <message>
        <source>%1 lost</source>
        <translation>%1 spät</translation>
    </message>
    <message>
        <source>%1 k</source>
        <translation>%1 k</translation>
    </message>
    <message>
        <source>Shows the newest step again (\)</source>
        <translation>Zeigt wieder den neuesten Schritt (\)</translation>
    </message>
    <message>
        <source>To the newest</source>
        <translation>Zum neuesten</translation>
    </message>
    <message>
        <source>Back to live</source>
        <translation>Zu live</translation>
    </message>
    <message>
        <source>! 1 alert</source>
        <translation>! 1 Alarm</translation>
    </message>
    <message>
        <source>The newest: step %1, %2
Press for the list; one that is chosen is gone to.</source>
        <translation>Die neueste: Schritt %1, %2
Drücken zeigt die Liste; eine Wahl daraus springt dorthin.</translation>
    </message>
    <message>
        <source>A picture of all cards takes up to %1 ms, so those without the focus are drawn at 15 a second. Fewer cards, or a smaller window, make it quicker; the training does not wait for it.</source>
        <translation>Ein Bild aller Karten braucht bis zu %1 ms, darum werden die ohne Fokus 15-mal je Sekunde gezeichnet. Weniger Karten oder ein kleineres Fenster machen es schneller; das Training wartet nicht darauf.</translation>
    </message>
    <message>
        <source>%1 samples came faster than the window took them; they were read again from the run&apos;s folder.</source>
        <translation>%1 Werte kamen schneller, als das Fenster sie nahm; sie wurden aus dem Ordner des Laufs nachgelesen.</translation>
    </message>
    <message>
        <source>%1 samples came faster than the window took them; this run has no folder to read them from.</source>
        <translation>%1 Werte kamen schneller, als das Fenster sie nahm; dieser Lauf hat keinen Ordner, aus dem sie zu lesen wären.</translation>
    </message>
    <message>
        <source>step %1   %2</source>
        <translation>Schritt %1   %2</translation>
    </message>
    <message>
        <source>%1 earlier ones are in the log</source>
        <translation>%1 frühere stehen im Protokoll</translation>
    </message>
</context>
<context>
    <name>triptych::Arrangement</name>
    <message>
        <source>Into a window of its own</source>
        <translation>In ein eigenes Fenster</translation>
    </message>
    <message>
        <source>Move to</source>
        <translation>Verschieben nach</translation>
    </message>
    <message>
        <source>Hide (menu Panels brings it back)</source>
        <translation>Verbergen (das Menü Seiten holt sie zurück)</translation>
    </message>
    <message>
        <source>Left wing (MoE)</source>
        <translation>Linker Flügel (MoE)</translation>
    </message>
    <message>
        <source>Middle (MLA)</source>
        <translation>Mitte (MLA)</translation>
    </message>
    <message>
        <source>Right wing (MTP)</source>
        <translation>Rechter Flügel (MTP)</translation>
    </message>
    <message>
        <source>Beside the curves</source>
        <translation>Neben den Kurven</translation>
    </message>
    <message>
        <source>Bottom</source>
        <translation>Unten</translation>
    </message>
</context>
<context>
    <name>triptych::AssumptionBar</name>
    <message>
        <source>Undo</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Takes back the last change of what this page counts with (Ctrl+Z)</source>
        <translation>Nimmt die letzte Änderung dessen zurück, womit diese Seite rechnet (Strg+Z)</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Vor</translation>
    </message>
    <message>
        <source>Makes it again (Ctrl+Shift+Z)</source>
        <translation>Macht sie wieder (Strg+Umschalt+Z)</translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation>Alles zurück</translation>
    </message>
    <message>
        <source>Back to what the sources say, all that this page counts with</source>
        <translation>Zurück zu dem, was die Quellen sagen, alles, womit diese Seite rechnet</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>an input, its value</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>without %1</source>
        <comment>a line of a lens</comment>
        <translation>ohne %1</translation>
    </message>
    <message>
        <source>Set by you: %1</source>
        <comment>values</comment>
        <translation>Von Ihnen gesetzt: %1</translation>
    </message>
    <message>
        <source>Values that you set on any page of money. They hold on all pages of this window.</source>
        <translation>Werte, die Sie auf irgendeiner Seite zum Geld gesetzt haben. Sie gelten auf allen Seiten dieses Fensters.</translation>
    </message>
</context>
<context>
    <name>triptych::AttentionPanel</name>
    <message>
        <source>Here you will see which earlier words each word of the probe text looks at, head by head.
Start a run: the picture comes with its first steps.</source>
        <translation>Hier wird zu sehen sein, welche früheren Wörter jedes Wort des Prüftexts ansieht, Kopf für Kopf.
Einen Lauf starten: das Bild kommt mit seinen ersten Schritten.</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>Layer of the model (keys G and H)</source>
        <translation>Schicht des Modells (Tasten G und H)</translation>
    </message>
    <message>
        <source>Head</source>
        <translation>Kopf</translation>
    </message>
    <message>
        <source>Head of attention of this layer (keys J and K)</source>
        <translation>Aufmerksamkeitskopf dieser Schicht (Tasten J und K)</translation>
    </message>
    <message>
        <source>Norm of the latent by token</source>
        <translation>Norm des Latents je Token</translation>
    </message>
    <message>
        <source>Head %1</source>
        <translation>Kopf %1</translation>
    </message>
    <message>
        <source>Latent of %1: L2 norm %2</source>
        <translation>Latent von %1: L2-Norm %2</translation>
    </message>
    <message>
        <source>Rows look at columns: point at a cell, click to choose a token.</source>
        <translation>Zeilen sehen Spalten an: zeigen liest, klicken wählt.</translation>
    </message>
    <message>
        <source>Long text…</source>
        <translation>Langer Text…</translation>
    </message>
    <message>
        <source>Probe text</source>
        <translation>Prüftext</translation>
    </message>
    <message>
        <source>Back to the attention of the probe text; what is read ends</source>
        <translation>Zurück zur Aufmerksamkeit auf dem Prüftext; das Lesen endet</translation>
    </message>
    <message>
        <source>Tokens of the long text that are read</source>
        <translation>Gelesene Token des langen Textes</translation>
    </message>
    <message>
        <source>Attention: how much each token looks at those before it</source>
        <translation>Aufmerksamkeit: wie stark jedes Token die Token vor ihm ansieht</translation>
    </message>
    <message>
        <source>Rows are tokens that look, columns those they look at.
Wheel or + − zoom, Shift and drag pans, R or a double click shows all; drag to choose spans.</source>
        <translation>Zeilen sind Token, die blicken, Spalten die, die sie ansehen.
Mausrad oder + − zoomt, Umschalt und Ziehen verschiebt, R oder ein Doppelklick zeigt alles; Ziehen wählt Abschnitte.</translation>
    </message>
    <message>
        <source>Length (L2 norm) of the latent that the cache keeps of each token,
after kv_a_layernorm. DeepSeek-V3 report, section 2.1.1.
The axis goes from the smallest to the largest of the text, and not from 0.</source>
        <translation>Länge (L2-Norm) des Latents, das der Cache zu jedem Token behält,
nach kv_a_layernorm. Bericht zu DeepSeek-V3, Abschnitt 2.1.1.
Die Achse geht vom kleinsten zum größten Wert des Textes und beginnt nicht bei 0.</translation>
    </message>
    <message>
        <source>Reads a text of up to %1 tokens with the newest weights</source>
        <translation>Liest einen Text von bis zu %1 Token mit den neuesten Gewichten</translation>
    </message>
    <message>
        <source>latent norm,
axis %1 to %2</source>
        <translation>Norm der Latents,
Achse %1 bis %2</translation>
    </message>
    <message>
        <source>Weight of a key for a query: softmax over all earlier keys of q · k / √(n + r), n and r the
numbers of a head&apos;s plain and rotated part; those of a query add up to 100 %.
DeepSeek-V3 report, section 2.1.1.</source>
        <translation>Gewicht eines Schlüssels für eine Anfrage: Softmax über alle früheren Schlüssel von q · k / √(n + r), n und r die
Zahlen des gewöhnlichen und des gedrehten Teils eines Kopfes; die einer Anfrage ergeben zusammen 100 %.
Bericht zu DeepSeek-V3, Abschnitt 2.1.1.</translation>
    </message>
    <message>
        <source>Text…</source>
        <translation>Text…</translation>
    </message>
    <message>
        <source>Probe</source>
        <translation>Probetext</translation>
    </message>
</context>
<context>
    <name>triptych::AttentionShown</name>
    <message>
        <source>at most %1</source>
        <translation>höchstens %1</translation>
    </message>
    <message>
        <source>%1 ± %2</source>
        <comment>a rounded weight and its error</comment>
        <translation>%1 ± %2</translation>
    </message>
    <message>
        <source>%1 cannot see %2: it comes later</source>
        <translation>%1 kann %2 nicht sehen: es kommt später</translation>
    </message>
    <message>
        <source>%1 is not read yet</source>
        <translation>%1 ist noch nicht gelesen</translation>
    </message>
    <message>
        <source>%1 looks at itself: %2</source>
        <translation>%1 sieht sich selbst an: %2</translation>
    </message>
    <message>
        <source>%1 looks at %2: %3</source>
        <translation>%1 sieht %2 an: %3</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>a token and its share</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>itself</source>
        <translation>sich selbst</translation>
    </message>
    <message>
        <source>%1 looks most at %2</source>
        <translation>%1 sieht am meisten %2 an</translation>
    </message>
    <message>
        <source>, </source>
        <translation>, </translation>
    </message>
    <message>
        <source>%1 others</source>
        <translation>%1 andere</translation>
    </message>
    <message>
        <source>%1 tokens (%2 to %3)</source>
        <translation>%1 Token (%2 bis %3)</translation>
    </message>
    <message>
        <source>%1 cannot see %2: later tokens</source>
        <translation>%1 kann %2 nicht sehen: spätere Token</translation>
    </message>
    <message>
        <source>%1 and %2: this recorded step keeps the largest of %3 × %3 neighbours, which do not add up</source>
        <translation>%1 und %2: dieser aufgezeichnete Schritt behält das Größte von %3 × %3 Nachbarn, was sich nicht summieren lässt</translation>
    </message>
    <message>
        <source>%1 give %2 on average to %3</source>
        <translation>%1 geben im Mittel %2 an %3</translation>
    </message>
    <message>
        <source>%1 looks at</source>
        <translation>%1 sieht an</translation>
    </message>
    <message>
        <source>later tokens
cannot be seen</source>
        <translation>spätere Token
sind nicht zu sehen</translation>
    </message>
</context>
<context>
    <name>triptych::BalanceTable</name>
    <message>
        <source>MaxVio</source>
        <translation>MaxVio</translation>
    </message>
    <message>
        <source>MinVio</source>
        <translation>MinVio</translation>
    </message>
    <message>
        <source>CV</source>
        <translation>CV</translation>
    </message>
    <message>
        <source>dead</source>
        <translation>tot</translation>
    </message>
    <message>
        <source>max load / mean load − 1 (arXiv 2408.15664, eq. 4): how much too much the busiest expert gets.</source>
        <translation>größte Last / mittlere Last − 1 (arXiv 2408.15664, Gl. 4): wie viel zu viel der am stärksten belastete Experte bekommt.</translation>
    </message>
    <message>
        <source>1 − min load / mean load: how much too little the idlest expert gets; 1: nothing.</source>
        <translation>1 − kleinste Last / mittlere Last: wie viel zu wenig der am schwächsten belastete Experte bekommt; 1: nichts.</translation>
    </message>
    <message>
        <source>Standard deviation of the loads over their mean.</source>
        <translation>Standardabweichung der Lasten durch ihr Mittel.</translation>
    </message>
    <message>
        <source>Share of the experts without a token in the step.</source>
        <translation>Anteil der Experten, die im Schritt kein Token bekamen.</translation>
    </message>
    <message>
        <source>p50</source>
        <translation>p50</translation>
    </message>
    <message>
        <source>p75</source>
        <translation>p75</translation>
    </message>
    <message>
        <source>p90</source>
        <translation>p90</translation>
    </message>
    <message>
        <source>p95</source>
        <translation>p95</translation>
    </message>
    <message>
        <source>Mean of the last 20 steps.</source>
        <translation>Mittel der letzten 20 Schritte.</translation>
    </message>
    <message>
        <source>diversity</source>
        <translation>Vielfalt</translation>
    </message>
    <message>
        <source>exp(H) / N, H = −Σ p ln p the entropy of the shares p of the N experts: as if so great a part of the experts shared the tokens evenly. 1 is even, 1/N is all tokens in one expert.</source>
        <translation>exp(H) / N, H = −Σ p ln p die Entropie der Anteile p der N Experten: als teilte sich ein so großer Teil der Experten die Tokens gleichmäßig. 1 ist gleichmäßig, 1/N heißt alle Tokens bei einem Experten.</translation>
    </message>
    <message>
        <source>p%1: so much or less in %1 % of the layers.</source>
        <translation>p%1: so viel oder weniger in %1 % der Schichten.</translation>
    </message>
    <message>
        <source>micro-batches</source>
        <translation>Mikro-Batches</translation>
    </message>
    <message>
        <source>Of each micro-batch by itself: %1.</source>
        <translation>Jeder Mikro-Batch für sich: %1.</translation>
    </message>
    <message>
        <source>Of each micro-batch by itself, mean over those of the step. They are less even than the whole step: loads of small batches scatter more. Runs of older versions kept MaxVio alone, of one step.</source>
        <translation>Jeder Mikro-Batch für sich, gemittelt über die des Schritts. Sie sind ungleicher als der ganze Schritt: Lasten kleiner Batches streuen mehr. Läufe älterer Versionen behielten nur MaxVio, von einem Schritt.</translation>
    </message>
</context>
<context>
    <name>triptych::BiasEditor</name>
    <message>
        <source>Bias e%1</source>
        <translation>Bias e%1</translation>
    </message>
    <message>
        <source>The router of this model has no bias.</source>
        <translation>Der Router dieses Modells hat keinen Bias.</translation>
    </message>
    <message>
        <source>“%1” is no number</source>
        <translation>„%1“ ist keine Zahl</translation>
    </message>
    <message>
        <source>0.05 for instance.</source>
        <translation>Zum Beispiel 0.05.</translation>
    </message>
    <message>
        <source>Drag a dot up or down to give the expert another bias; the controller goes on from there.
γ × sign(mean load − load) is added after every step (DeepSeek-V3 report, section 2.1.2).</source>
        <translation>Einen Punkt auf oder ab ziehen gibt dem Experten einen anderen Bias; der Regler macht von dort aus weiter.
γ × sign(mittlere Last − Last) kommt nach jedem Schritt dazu (Bericht zu DeepSeek-V3, Abschnitt 2.1.2).</translation>
    </message>
    <message>
        <source>Bias</source>
        <translation>Bias</translation>
    </message>
    <message>
        <source>Bias of the chosen expert</source>
        <translation>Bias des gewählten Experten</translation>
    </message>
    <message>
        <source>Bias of expert %1 of layer %2</source>
        <translation>Bias von Experte %1 der Schicht %2</translation>
    </message>
    <message>
        <source>Bias 0</source>
        <translation>Bias 0</translation>
    </message>
    <message>
        <source>Gives the chosen expert a bias of 0.</source>
        <translation>Gibt dem gewählten Experten den Bias 0.</translation>
    </message>
    <message>
        <source>choose an expert</source>
        <translation>Experten wählen</translation>
    </message>
    <message>
        <source>Choose an expert: by a click on its dot, or by arrows.</source>
        <translation>Einen Experten wählen: durch einen Klick auf seinen Punkt oder mit den Pfeiltasten.</translation>
    </message>
    <message>
        <source>no bias</source>
        <translation>kein Bias</translation>
    </message>
    <message>
        <source>past step</source>
        <translation>vergangener Schritt</translation>
    </message>
    <message>
        <source>not training</source>
        <translation>steht</translation>
    </message>
    <message>
        <source>Enter sends</source>
        <translation>Enter sendet</translation>
    </message>
    <message>
        <source>Esc takes back what is in force.</source>
        <translation>Esc nimmt zurück, was gilt.</translation>
    </message>
    <message>
        <source>requested</source>
        <translation>verlangt</translation>
    </message>
    <message>
        <source>The training takes it over before its next step.</source>
        <translation>Das Training übernimmt es vor seinem nächsten Schritt.</translation>
    </message>
    <message>
        <source>off: it rests</source>
        <translation>aus: er ruht</translation>
    </message>
    <message>
        <source>in force</source>
        <translation>gilt</translation>
    </message>
    <message>
        <source>The bias with which the expert was ranked last, in step %1.</source>
        <translation>Der Bias, mit dem der Experte zuletzt gereiht wurde, in Schritt %1.</translation>
    </message>
    <message>
        <source>The selection bias of the expert, from −100 to 100; it decides who is chosen, not how much an expert weighs.
Enter sends it, Esc takes back what is in force, Up and Down move it. %1</source>
        <translation>Der Auswahl-Bias des Experten, von −100 bis 100; er entscheidet, wer gewählt wird, nicht, wie viel ein Experte zählt.
Enter sendet ihn, Esc nimmt zurück, was gilt, Auf und Ab ändern ihn. %1</translation>
    </message>
</context>
<context>
    <name>triptych::BiasStrip</name>
    <message>
        <source>Bias of the experts of the chosen layer</source>
        <translation>Bias der Experten der gewählten Schicht</translation>
    </message>
    <message>
        <source>bias of all experts; arrows: where γ moves it next</source>
        <translation>Bias aller Experten; Pfeile: wohin γ ihn als Nächstes bewegt</translation>
    </message>
    <message>
        <source>Expert %1: bias %2</source>
        <translation>Experte %1: Bias %2</translation>
    </message>
    <message>
        <source>; switched off, the bias rests</source>
        <translation>; abgeschaltet, der Bias ruht</translation>
    </message>
    <message>
        <source>; fewer tokens than the mean, γ moves it up</source>
        <translation>; weniger Token als im Mittel, γ hebt ihn</translation>
    </message>
    <message>
        <source>; more tokens than the mean, γ moves it down</source>
        <translation>; mehr Token als im Mittel, γ senkt ihn</translation>
    </message>
    <message>
        <source>; %1 is requested</source>
        <translation>; %1 ist verlangt</translation>
    </message>
</context>
<context>
    <name>triptych::CacheBars</name>
    <message>
        <source>latent %1 + rotated key %2, shared by all heads</source>
        <translation>Latent %1 + gedrehter Schlüssel %2, für alle Köpfe</translation>
    </message>
    <message>
        <source>%1 heads × (key %2 + value %3)</source>
        <translation>%1 Köpfe × (Schlüssel %2 + Wert %3)</translation>
    </message>
    <message>
        <source>8 groups of heads × (key %1 + value %2)</source>
        <translation>8 Gruppen von Köpfen × (Schlüssel %1 + Wert %2)</translation>
    </message>
    <message>
        <source>one key of %1 and one value of %2 for all heads</source>
        <translation>ein Schlüssel von %1 und ein Wert von %2 für alle Köpfe</translation>
    </message>
    <message>
        <source>%1 / token</source>
        <translation>%1 / Token</translation>
    </message>
    <message>
        <source>%1 tokens</source>
        <translation>%1 Token</translation>
    </message>
    <message>
        <source>%1: %2 = %3 numbers per token and layer; × %4 layers × 2 bytes (BF16) = %5 per token.</source>
        <translation>%1: %2 = %3 Zahlen je Token und Schicht; × %4 Schichten × 2 Bytes (BF16) = %5 je Token.</translation>
    </message>
    <message>
        <source>
%1 / %2 = %3 tokens, if nothing but the cache were there.</source>
        <translation>
%1 / %2 = %3 Token, wenn nur der Cache da wäre.</translation>
    </message>
    <message>
        <source>
DeepSeek-V2 report, section 2.1.2; arXiv 2505.09343, table 1.</source>
        <translation>
Bericht zu DeepSeek-V2, Abschnitt 2.1.2; arXiv 2505.09343, Tabelle 1.</translation>
    </message>
</context>
<context>
    <name>triptych::CachePanel</name>
    <message>
        <source>Here you will see what the cache of one token takes with multi-head latent attention, and what it would take with other kinds.
It follows from the shape of the model: start or open a run.</source>
        <translation>Hier wird zu sehen sein, was der Cache eines Tokens mit Multi-head Latent Attention braucht und was er mit anderen Arten bräuchte.
Es folgt aus der Form des Modells: einen Lauf starten oder öffnen.</translation>
    </message>
    <message>
        <source>%1 numbers per token and layer instead of %2: %3× less</source>
        <translation>%1 Zahlen je Token und Schicht statt %2: %3× weniger</translation>
    </message>
    <message>
        <source>What generation must keep of each token: MLA caches one latent and one rotated key for
all heads, plain attention (MHA) a key and a value for each of them.
The bars count bytes over all %1 layers in BF16.
DeepSeek-V2 report, section 2.1.2; arXiv 2505.09343, table 1.</source>
        <translation>Was beim Erzeugen von jedem Token behalten werden muss: MLA merkt sich ein Latent und einen gedrehten Schlüssel für
alle Köpfe, gewöhnliche Aufmerksamkeit (MHA) für jeden einen Schlüssel und einen Wert.
Die Balken zählen Bytes über alle %1 Schichten in BF16.
Bericht zu DeepSeek-V2, Abschnitt 2.1.2; arXiv 2505.09343, Tabelle 1.</translation>
    </message>
    <message>
        <source>DeepSeek-V3 instead</source>
        <translation>Stattdessen DeepSeek-V3</translation>
    </message>
    <message>
        <source>Shows the numbers of DeepSeek-V3, 671 B parameters, instead of those of this run&apos;s model.</source>
        <translation>Zeigt die Zahlen von DeepSeek-V3, 671 B Parameter, statt derer des Modells dieses Laufs.</translation>
    </message>
    <message>
        <source>Bytes of the cache per token, by kind of attention</source>
        <translation>Bytes des Caches je Token, nach Art der Aufmerksamkeit</translation>
    </message>
    <message>
        <source>tokens whose cache fits into 80 GB</source>
        <translation>Token, die in 80 GB passen</translation>
    </message>
    <message>
        <source>The memory of one H100 or A100 over the bytes of a token, were the cache all there is:
weights and activations take their part of it too.</source>
        <translation>Der Speicher einer H100 oder A100 durch die Bytes eines Tokens, wenn nur der Cache da wäre:
auch Gewichte und Aktivierungen nehmen ihren Teil davon.</translation>
    </message>
    <message>
        <source>Tokens whose cache fits into one device, by kind of attention</source>
        <translation>Token, deren Cache in ein Gerät passt, nach Art der Aufmerksamkeit</translation>
    </message>
    <message>
        <source>cache of one token: numbers × %1 layers × 2 bytes (BF16)</source>
        <translation>Cache eines Tokens: Zahlen × %1 Schichten × 2 Bytes (BF16)</translation>
    </message>
    <message>
        <source>&lt;p&gt;&lt;b&gt;%1&lt;/b&gt;: %2 = %3 numbers. A cache of 80 GB has room for %4 tokens.&lt;/p&gt;</source>
        <translation>&lt;p&gt;&lt;b&gt;%1&lt;/b&gt;: %2 = %3 Zahlen. Ein Cache von 80 GB fasst %4 Token.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Cache of one token, by kind of attention</source>
        <translation>Cache eines Tokens, nach Art der Aufmerksamkeit</translation>
    </message>
    <message>
        <source>attention</source>
        <translation>Aufmerksamkeit</translation>
    </message>
    <message>
        <source>numbers per token and layer</source>
        <translation>Zahlen je Token und Schicht</translation>
    </message>
    <message>
        <source>bytes per token (BF16, all layers)</source>
        <translation>Bytes je Token (BF16, alle Schichten)</translation>
    </message>
    <message>
        <source>tokens in 80 GB</source>
        <translation>Token in 80 GB</translation>
    </message>
    <message>
        <source>formula</source>
        <translation>Formel</translation>
    </message>
    <message>
        <source>Bytes of one token = numbers that a layer keeps × layers × bytes of a number.</source>
        <translation>Bytes eines Tokens = Zahlen, die eine Schicht behält × Schichten × Bytes einer Zahl.</translation>
    </message>
    <message>
        <source>Numbers that a layer keeps of each token. MLA keeps a latent of c numbers and a rotated key of r for all heads together,
where MHA keeps a key and a value of every head, and MQA those of one.
DeepSeek-V2 report, section 2.1.4; DeepSeek-V3 report, section 2.1.1.</source>
        <translation>Zahlen, die eine Schicht zu jedem Token behält. MLA behält ein Latent von c Zahlen und einen gedrehten Schlüssel von r für alle Köpfe zusammen,
wo MHA einen Schlüssel und einen Wert jedes Kopfes behält, und MQA die von einem.
Bericht zu DeepSeek-V2, Abschnitt 2.1.4; zu V3, Abschnitt 2.1.1.</translation>
    </message>
</context>
<context>
    <name>triptych::Card</name>
    <message>
        <source>What can be done with this card</source>
        <translation>Was mit dieser Karte getan werden kann</translation>
    </message>
    <message>
        <source>Table, export, copy, alone</source>
        <translation>Tabelle, Export, Kopieren, allein</translation>
    </message>
</context>
<context>
    <name>triptych::CardHands</name>
    <message>
        <source>Table	T</source>
        <translation>Tabelle	T</translation>
    </message>
    <message>
        <source>The numbers of this card in its place, and back</source>
        <translation>Die Zahlen dieser Karte an ihrer Stelle, und zurück</translation>
    </message>
    <message>
        <source>Export…	Ctrl+E</source>
        <translation>Exportieren…	Strg+E</translation>
    </message>
    <message>
        <source>Copy the picture</source>
        <translation>Das Bild kopieren</translation>
    </message>
    <message>
        <source>Copy the data</source>
        <translation>Die Daten kopieren</translation>
    </message>
</context>
<context>
    <name>triptych::CollapseLesson</name>
    <message>
        <source>Another run has begun, so this lesson has ended. It can be started again.</source>
        <translation>Ein anderer Lauf hat begonnen, daher ist diese Lektion zu Ende. Sie lässt sich neu beginnen.</translation>
    </message>
    <message>
        <source>The run of this lesson has ended before there was something to see. It can be started again.</source>
        <translation>Der Lauf dieser Lektion ist zu Ende gegangen, bevor etwas zu sehen war. Sie lässt sich neu beginnen.</translation>
    </message>
    <message>
        <source>The balancing could not be turned on: %1. %2</source>
        <translation>Der Ausgleich ließ sich nicht einschalten: %1. %2</translation>
    </message>
</context>
<context>
    <name>triptych::CostBook</name>
    <message>
        <source>With that value there is no amount</source>
        <translation>Mit diesem Wert gibt es keinen Betrag</translation>
    </message>
</context>
<context>
    <name>triptych::CostControls</name>
    <message>
        <source>Cost preset</source>
        <translation>Kostenvorlage</translation>
    </message>
    <message>
        <source>Lens: the way to count</source>
        <translation>Sicht: die Art zu zählen</translation>
    </message>
    <message>
        <source>Log</source>
        <translation>Log</translation>
    </message>
    <message>
        <source>Powers of ten side by side, so that every step can be seen; without it lengths are amounts (L)</source>
        <translation>Zehnerpotenzen nebeneinander, damit jeder Schritt zu sehen ist; ohne das sind Längen Beträge (L)</translation>
    </message>
    <message>
        <source>Linear scale up to the next larger total (−)</source>
        <translation>Lineare Skala bis zur nächstgrößeren Summe (−)</translation>
    </message>
    <message>
        <source>Linear scale up to the next smaller total (+)</source>
        <translation>Lineare Skala bis zur nächstkleineren Summe (+)</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>Vor</translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation>Alles zurück</translation>
    </message>
    <message>
        <source>Back to what the sources say, every input and every step</source>
        <translation>Zurück zu dem, was die Quellen sagen, jede Eingabe und jeder Schritt</translation>
    </message>
    <message>
        <source>Show more of the linear scale</source>
        <translation>Mehr von der linearen Skala zeigen</translation>
    </message>
    <message>
        <source>Zoom into the linear scale</source>
        <translation>In die lineare Skala hineinzoomen</translation>
    </message>
    <message>
        <source>What is counted, by whom: %1</source>
        <translation>Was gezählt wird, von wem: %1</translation>
    </message>
    <message>
        <source>Lens: %1
%2</source>
        <translation>Sicht: %1
%2</translation>
    </message>
    <message>
        <source>Undo: takes the last change back (Ctrl+Z in this panel)</source>
        <translation>Rückgängig: nimmt die letzte Änderung zurück (Strg+Z in diesem Feld)</translation>
    </message>
    <message>
        <source>Redo: makes it again (Ctrl+Shift+Z in this panel)</source>
        <translation>Wiederholen: macht sie noch einmal (Strg+Umschalt+Z in diesem Feld)</translation>
    </message>
</context>
<context>
    <name>triptych::CostDetail</name>
    <message>
        <source>In the total</source>
        <translation>In der Summe</translation>
    </message>
    <message>
        <source>Without the tick this step is not added. What is computed from it stays as it is, and the total says that something is left out.</source>
        <translation>Ohne den Haken wird dieser Schritt nicht addiert. Was aus ihm berechnet wird, bleibt, wie es ist, und die Summe sagt, dass etwas weggelassen ist.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Back to the total and to what matters most (Esc)</source>
        <translation>Zurück zur Summe und zu dem, worauf es ankommt (Esc)</translation>
    </message>
    <message>
        <source>%1, 5 to 95 %: %2 to %3</source>
        <comment>an amount and its band</comment>
        <translation>%1, 5 bis 95 %: %2 bis %3</translation>
    </message>
    <message>
        <source>As the preset has it: %1</source>
        <translation>Wie die Vorlage sie hat: %1</translation>
    </message>
    <message>
        <source>What is open</source>
        <translation>Was offen ist</translation>
    </message>
    <message>
        <source>Each value is that of one input alone, all others as they are now.</source>
        <translation>Jeder Wert ist der einer einzelnen Eingabe, alle anderen, wie sie jetzt sind.</translation>
    </message>
</context>
<context>
    <name>triptych::CostInputRow</name>
    <message>
        <source>Reset</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Back to what the source says</source>
        <translation>Zurück zu dem, was die Quelle sagt</translation>
    </message>
    <message>
        <source>%1: back to what the source says</source>
        <translation>%1: zurück zu dem, was die Quelle sagt</translation>
    </message>
    <message>
        <source>%1, within its range</source>
        <translation>%1, innerhalb der Spanne</translation>
    </message>
    <message>
        <source>Plausible range, by the source of this input</source>
        <translation>Plausible Spanne nach der Quelle dieser Eingabe</translation>
    </message>
    <message>
        <source>Edited. The source says %1: %2, %3</source>
        <comment>value, source, date</comment>
        <translation>Geändert. Die Quelle sagt %1: %2, %3</translation>
    </message>
    <message>
        <source>%1 · %2 · %3</source>
        <comment>basis, source, date</comment>
        <translation>%1 · %2 · %3</translation>
    </message>
    <message>
        <source>%1
Source: %2
Date: %3
Basis: %4
Range: %5 to %6</source>
        <translation>%1
Quelle: %2
Datum: %3
Grundlage: %4
Spanne: %5 bis %6</translation>
    </message>
</context>
<context>
    <name>triptych::CostModelsPanel</name>
    <message>
        <source>What models cost, by lens</source>
        <translation>Was Modelle kosten, nach Sicht</translation>
    </message>
    <message>
        <source>These cost presets cannot be read: %1.
Install the program&apos;s resources anew.</source>
        <translation>Diese Kostenvorlagen können nicht gelesen werden: %1.
Installieren Sie die Ressourcen des Programms neu.</translation>
    </message>
    <message>
        <source>rented hours</source>
        <translation>gemietete Stunden</translation>
    </message>
    <message>
        <source>owned hardware</source>
        <translation>eigene Hardware</translation>
    </message>
    <message>
        <source>whole purchase</source>
        <translation>ganzer Kauf</translation>
    </message>
    <message>
        <source>experiments and people too</source>
        <translation>auch Versuche und Menschen</translation>
    </message>
    <message>
        <source>claimed in public</source>
        <translation>öffentlich behauptet</translation>
    </message>
    <message>
        <source>Lenses that stand out</source>
        <translation>Sichten, die hervortreten</translation>
    </message>
    <message>
        <source>Which lenses stand out; the others stay, faintly</source>
        <translation>Welche Sichten hervortreten; die anderen bleiben blass stehen</translation>
    </message>
    <message>
        <source>All lenses</source>
        <translation>Alle Sichten</translation>
    </message>
    <message>
        <source>%1, 5 to 95 %: %2 to %3</source>
        <comment>an amount and its band</comment>
        <translation>%1, 5 bis 95 %: %2 bis %3</translation>
    </message>
    <message>
        <source>A claim of the press, not data. </source>
        <translation>Eine Behauptung der Presse, keine Daten. </translation>
    </message>
    <message>
        <source>× %1</source>
        <comment>the largest over the smallest</comment>
        <translation>× %1</translation>
    </message>
    <message>
        <source>press claim</source>
        <translation>Presse behauptet</translation>
    </message>
    <message>
        <source>Models by lens</source>
        <translation>Modelle nach Sicht</translation>
    </message>
    <message>
        <source>model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>lens</source>
        <translation>Sicht</translation>
    </message>
    <message>
        <source>amount (USD)</source>
        <translation>Betrag (USD)</translation>
    </message>
    <message>
        <source>low (USD)</source>
        <translation>unten (USD)</translation>
    </message>
    <message>
        <source>high (USD)</source>
        <translation>oben (USD)</translation>
    </message>
    <message>
        <source>basis</source>
        <translation>Grundlage</translation>
    </message>
    <message>
        <source>scope</source>
        <translation>Umfang</translation>
    </message>
    <message>
        <source>source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>date</source>
        <translation>Datum</translation>
    </message>
    <message>
        <source>preset and lens</source>
        <translation>Vorlage und Sicht</translation>
    </message>
    <message>
        <source>%1 · %2: %3. %4%5 Source (%6): %7, %8.</source>
        <comment>model, lens, amount, claim, scope, basis, source, date</comment>
        <translation>%1 · %2: %3. %4%5 Quelle (%6): %7, %8.</translation>
    </message>
</context>
<context>
    <name>triptych::CostOverview</name>
    <message>
        <source>The total with one input at the low and at the high end of its range, all others as they are. A click opens what the input belongs to.</source>
        <translation>Die Summe mit einer Eingabe am unteren und am oberen Ende ihrer Spanne, alle anderen, wie sie sind. Ein Klick öffnet, wozu die Eingabe gehört.</translation>
    </message>
    <message>
        <source>What matters most: the total at the ends of each input&apos;s range</source>
        <translation>Worauf es am meisten ankommt: die Summe an den Enden der Spanne jeder Eingabe</translation>
    </message>
    <message>
        <source>No input of this lens has a range: its source gives single numbers.</source>
        <translation>Keine Eingabe dieser Sicht hat eine Spanne: Ihre Quelle nennt einzelne Zahlen.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1: %2 · %3</source>
        <translation>%1: %2 · %3</translation>
    </message>
    <message>
        <source>What is in this lens, and what is not</source>
        <translation>Was in dieser Sicht enthalten ist und was nicht</translation>
    </message>
    <message>
        <source>What matters most</source>
        <translation>Worauf es am meisten ankommt</translation>
    </message>
    <message>
        <source>What matters most to the total after “%1”</source>
        <translation>Worauf es bei der Summe nach „%1“ am meisten ankommt</translation>
    </message>
    <message>
        <source>Known defect of the source: %1</source>
        <translation>Bekannter Fehler der Quelle: %1</translation>
    </message>
    <message>
        <source>A click or Enter on a step opens it: formula, inputs to change, what is open about it.</source>
        <translation>Ein Klick oder die Eingabetaste öffnet einen Schritt: Formel, Eingaben zum Ändern, was an ihm offen ist.</translation>
    </message>
    <message>
        <source>%1: %2, %3</source>
        <comment>basis, source, date</comment>
        <translation>%1: %2, %3</translation>
    </message>
    <message>
        <source>What the preset says of itself and of its source</source>
        <translation>Was die Vorlage von sich und ihrer Quelle sagt</translation>
    </message>
    <message>
        <source>hollow: the input at its low end · filled: at its high end · line: as it is</source>
        <translation>hohl: die Eingabe an ihrem unteren Ende · gefüllt: am oberen · Strich: wie sie ist</translation>
    </message>
    <message>
        <source>no range: its sources give single amounts</source>
        <translation>ohne Spanne: die Quellen nennen einzelne Beträge</translation>
    </message>
</context>
<context>
    <name>triptych::CostPanel</name>
    <message>
        <source>Steps from one total to the next</source>
        <translation>Schritte von einer Summe zur nächsten</translation>
    </message>
    <message>
        <source>Open a cost preset…</source>
        <translation>Kostenvorlage öffnen…</translation>
    </message>
    <message>
        <source>Save this preset with my changes…</source>
        <translation>Diese Vorlage mit meinen Änderungen speichern…</translation>
    </message>
    <message>
        <source>Undo the last change of a price</source>
        <translation>Letzte Änderung eines Preises zurücknehmen</translation>
    </message>
    <message>
        <source>Redo it</source>
        <translation>Sie wieder machen</translation>
    </message>
    <message>
        <source>Reset all prices and steps</source>
        <translation>Alle Preise und Schritte zurücksetzen</translation>
    </message>
    <message>
        <source>Logarithmic or linear amounts</source>
        <translation>Beträge logarithmisch oder linear</translation>
    </message>
    <message>
        <source>This ledger cannot be shown: %1.
%2</source>
        <translation>Diese Rechnung kann nicht gezeigt werden: %1.
%2</translation>
    </message>
    <message>
        <source>What is wrong, and what to do</source>
        <translation>Was nicht stimmt und was zu tun ist</translation>
    </message>
    <message>
        <source>%1 · lens: %2</source>
        <comment>title of a preset, and of its lens</comment>
        <translation>%1 · Sicht: %2</translation>
    </message>
    <message>
        <source>Letters are the books of a ledger: A headline, B owned hour, C run, D programme, E people, F data, G overheads, I inference.</source>
        <translation>Buchstaben sind die Bücher einer Rechnung: A Schlagzeile, B eigene Stunde, C Lauf, D Programm, E Menschen, F Daten, G Gemeinkosten, I Inferenz.</translation>
    </message>
    <message>
        <source>A cost preset</source>
        <translation>Eine Kostenvorlage</translation>
    </message>
    <message>
        <source>Cost presets (*.json)</source>
        <translation>Kostenvorlagen (*.json)</translation>
    </message>
    <message>
        <source>The preset with my changes</source>
        <translation>Die Vorlage mit meinen Änderungen</translation>
    </message>
    <message>
        <source>logarithmic: a length is a factor</source>
        <translation>logarithmisch: eine Länge ist ein Faktor</translation>
    </message>
    <message>
        <source>linear: a length is an amount</source>
        <translation>linear: eine Länge ist ein Betrag</translation>
    </message>
    <message>
        <source>%1 · price: what an hour costs · scope: what is counted · %2</source>
        <comment>scale of the axis, marks</comment>
        <translation>%1 · Preis: was eine Stunde kostet · Umfang: was gezählt wird · %2</translation>
    </message>
</context>
<context>
    <name>triptych::CostRunPanel</name>
    <message>
        <source>This run</source>
        <translation>Dieser Lauf</translation>
    </message>
    <message>
        <source>DeepSeek-V3, at the same lens</source>
        <translation>DeepSeek-V3, in derselben Sicht</translation>
    </message>
    <message>
        <source>Rented hours</source>
        <translation>Gemietete Stunden</translation>
    </message>
    <message>
        <source>Owned hours</source>
        <translation>Eigene Stunden</translation>
    </message>
    <message>
        <source>+ goodput</source>
        <translation>+ Goodput</translation>
    </message>
    <message>
        <source>+ programme</source>
        <translation>+ Programm</translation>
    </message>
    <message>
        <source>+ people</source>
        <translation>+ Menschen</translation>
    </message>
    <message>
        <source>Here you will see what your run would have cost under each lens, from rented hours to people, and DeepSeek-V3 at the same one beside it.
Start or open a run: after its first step its device-seconds are priced.</source>
        <translation>Hier sehen Sie, was Ihr Lauf in jeder Sicht gekostet hätte, von gemieteten Stunden bis zu den Menschen, und DeepSeek-V3 in derselben daneben.
Starten oder öffnen Sie einen Lauf: Nach seinem ersten Schritt werden seine Gerätesekunden bepreist.</translation>
    </message>
    <message>
        <source>× %1 of the lens before</source>
        <comment>how many times an amount is another</comment>
        <translation>das %1-Fache der Sicht davor</translation>
    </message>
    <message>
        <source>%1 machine-hours</source>
        <comment>time that a run has taken</comment>
        <translation>%1 Maschinenstunden</translation>
    </message>
    <message>
        <source>%1 GPU-hours</source>
        <translation>%1 GPU-Stunden</translation>
    </message>
    <message>
        <source>Extrapolation, not an estimate: V3&apos;s pre-training at what this run paid for its FLOPs %1; on H800s at this run&apos;s MFU %2.</source>
        <translation>Hochrechnung, keine Schätzung: V3s Vortraining zu dem, was dieser Lauf für seine FLOPs zahlte, %1; auf H800 mit der MFU dieses Laufs %2.</translation>
    </message>
    <message>
        <source>An extrapolation to V3&apos;s scale appears once the run has counted FLOPs and measured its MFU.</source>
        <translation>Eine Hochrechnung auf V3s Größe erscheint, sobald der Lauf FLOPs gezählt und seine MFU gemessen hat.</translation>
    </message>
    <message>
        <source>By FLOPs: V3&apos;s 6ND over the FLOPs of this run, times its rent; as if this machine went on for so long.
By MFU: V3&apos;s 6ND on H800s that reach the share of their BF16 peak that this run reached of its machine&apos;s, at 2 USD an hour.
Preset v3-extrapolation. A small run reaches neither V3&apos;s efficiency nor V3&apos;s trouble.</source>
        <translation>Nach FLOPs: V3s 6ND geteilt durch die FLOPs dieses Laufs, mal seine Miete; als liefe diese Maschine so lange weiter.
Nach MFU: V3s 6ND auf H800, die den Anteil ihrer BF16-Spitze erreichen, den dieser Lauf von der seiner Maschine erreichte, zu 2 USD die Stunde.
Vorlage v3-extrapolation. Ein kleiner Lauf erreicht weder V3s Effizienz noch V3s Schwierigkeiten.</translation>
    </message>
    <message>
        <source>Extrapolation to V3&apos;s scale</source>
        <translation>Hochrechnung auf V3s Größe</translation>
    </message>
    <message>
        <source>This run and DeepSeek-V3 by lens</source>
        <translation>Dieser Lauf und DeepSeek-V3 nach Sicht</translation>
    </message>
    <message>
        <source>whose hours</source>
        <translation>wessen Stunden</translation>
    </message>
    <message>
        <source>lens</source>
        <translation>Sicht</translation>
    </message>
    <message>
        <source>total (USD)</source>
        <translation>Summe (USD)</translation>
    </message>
    <message>
        <source>hours (device)</source>
        <translation>Stunden (Gerät)</translation>
    </message>
    <message>
        <source>scope</source>
        <translation>Umfang</translation>
    </message>
    <message>
        <source>source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>date</source>
        <translation>Datum</translation>
    </message>
    <message>
        <source>Goodput %1, set by you; the run counted %2.</source>
        <translation>Goodput %1, von Ihnen gesetzt; der Lauf hat %2 gezählt.</translation>
    </message>
    <message>
        <source>Goodput %1, set by you; the run has counted none.</source>
        <translation>Goodput %1, von Ihnen gesetzt; der Lauf hat keinen gezählt.</translation>
    </message>
    <message>
        <source>Goodput %1, counted by the run: %2 of steps that stand in %3 of its time.</source>
        <translation>Goodput %1, vom Lauf gezählt: %2 mit Schritten, die bleiben, in %3 seiner Zeit.</translation>
    </message>
    <message>
        <source>Goodput: reading what the run has counted …</source>
        <translation>Goodput: was der Lauf gezählt hat, wird gelesen …</translation>
    </message>
    <message>
        <source>Goodput not known: this run keeps no account of its time, so that every hour of it counts as productive.</source>
        <translation>Goodput nicht bekannt: Dieser Lauf führt nicht Buch über seine Zeit, sodass jede seiner Stunden als produktiv zählt.</translation>
    </message>
    <message>
        <source>Productive time ÷ all time of the run but pauses, over all of its sessions. From &quot;+ goodput&quot; on its hours are divided by it.</source>
        <translation>Produktive Zeit ÷ alle Zeit des Laufs außer Pausen, über alle seine Sitzungen. Von „+ Goodput“ an werden seine Stunden dadurch geteilt.</translation>
    </message>
    <message>
        <source>Goodput %1: no step of this run stands yet, so that every hour of it counts as productive.</source>
        <translation>Goodput %1: noch steht kein Schritt dieses Laufs, daher zählt jede seiner Stunden als produktiv.</translation>
    </message>
</context>
<context>
    <name>triptych::CurrencyEdit</name>
    <message>
        <source>Currency and its rate</source>
        <translation>Währung und ihr Kurs</translation>
    </message>
    <message>
        <source>Shows every amount of the window in other money, at a rate that you give, as EUR=0.92: what a dollar is worth. Empty: dollars. No rate is ever fetched. Tables and their files stay in dollars.</source>
        <translation>Zeigt alle Beträge des Fensters in anderem Geld, zu einem Kurs, den Sie angeben, wie EUR=0.92: was ein Dollar wert ist. Leer: Dollar. Nie wird ein Kurs abgerufen. Tabellen und ihre Dateien bleiben in Dollar.</translation>
    </message>
</context>
<context>
    <name>triptych::CurveCard</name>
    <message>
        <source>%1 appears here when a run records it: %2</source>
        <translation>%1 erscheint hier, wenn ein Lauf es aufzeichnet: %2</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Loss</translation>
    </message>
    <message>
        <source>Cross entropy: −ln of the probability that the model gave to the token that came, mean over the tokens of a step.</source>
        <translation>Kreuzentropie: −ln der Wahrscheinlichkeit, die das Modell dem gekommenen Token gab, gemittelt über die Token eines Schritts.</translation>
    </message>
    <message>
        <source>The loss of every step appears here when a training runs: it falls while the model learns.</source>
        <translation>Der Loss jedes Schritts erscheint hier, wenn ein Training läuft: er fällt, während das Modell lernt.</translation>
    </message>
    <message>
        <source>Throughput</source>
        <translation>Durchsatz</translation>
    </message>
    <message>
        <source>The speed of the training appears here: tokens trained on per second.</source>
        <translation>Die Geschwindigkeit des Trainings erscheint hier: trainierte Token je Sekunde.</translation>
    </message>
    <message>
        <source>Money</source>
        <translation>Geld</translation>
    </message>
    <message>
        <source>What the training costs appears here step by step, in two views: rented, and in full.</source>
        <translation>Was das Training kostet, erscheint hier Schritt für Schritt, in zwei Sichten: gemietet und voll gerechnet.</translation>
    </message>
    <message>
        <source>Menu of the card %1</source>
        <translation>Menü der Karte %1</translation>
    </message>
    <message>
        <source>Logarithm, smoothing, moving, removing, copying (also by the right button)</source>
        <translation>Logarithmus, Glättung, Verschieben, Entfernen, Kopieren (auch mit der rechten Maustaste)</translation>
    </message>
    <message>
        <source>Smoothing</source>
        <translation>Glättung</translation>
    </message>
    <message>
        <source>Alone, or with the others	Z</source>
        <translation>Allein, oder mit den anderen	Z</translation>
    </message>
    <message>
        <source>Move to the left	Ctrl+←</source>
        <translation>Nach links rücken	Strg+←</translation>
    </message>
    <message>
        <source>Move to the right	Ctrl+→</source>
        <translation>Nach rechts rücken	Strg+→</translation>
    </message>
    <message>
        <source>Remove the card	Del</source>
        <translation>Die Karte entfernen	Entf</translation>
    </message>
    <message>
        <source>As all cards (%1)</source>
        <translation>Wie alle Karten (%1)</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>Another weight…</source>
        <translation>Anderes Gewicht…</translation>
    </message>
    <message>
        <source>Smoothing of %1, from 0 to %2</source>
        <translation>Glättung von %1, von 0 bis %2</translation>
    </message>
    <message>
        <source>%1 so far</source>
        <comment>a currency</comment>
        <translation>%1 bisher</translation>
    </message>
    <message>
        <source>Export this card…</source>
        <translation>Diese Karte exportieren …</translation>
    </message>
</context>
<context>
    <name>triptych::CurveCards</name>
    <message numerus="yes">
        <source>%1 %2 · %n card(s)</source>
        <translation>
            <numerusform>%1 %2 · %n Karte</numerusform>
            <numerusform>%1 %2 · %n Karten</numerusform>
        </translation>
    </message>
    <message>
        <source>Shows the cards of this group again</source>
        <translation>Zeigt die Karten dieser Gruppe wieder</translation>
    </message>
    <message>
        <source>Folds the cards of this group away</source>
        <translation>Klappt die Karten dieser Gruppe zu</translation>
    </message>
</context>
<context>
    <name>triptych::CurveReadout</name>
    <message>
        <source>Pin</source>
        <translation>Anheften</translation>
    </message>
    <message>
        <source>Holds the crosshair where it is, wherever the mouse goes (P over a curve)</source>
        <translation>Hält das Fadenkreuz, wo es ist, wohin auch immer die Maus geht (P über einer Kurve)</translation>
    </message>
    <message>
        <source>Pin the crosshair</source>
        <translation>Das Fadenkreuz anheften</translation>
    </message>
    <message>
        <source>Values at the crosshair</source>
        <translation>Werte am Fadenkreuz</translation>
    </message>
    <message>
        <source>newest values</source>
        <translation>neueste Werte</translation>
    </message>
    <message>
        <source>step %1</source>
        <translation>Schritt %1</translation>
    </message>
    <message>
        <source>%1 · pinned</source>
        <translation>%1 · angeheftet</translation>
    </message>
</context>
<context>
    <name>triptych::DropDoor</name>
    <message>
        <source>%1 is not on this machine</source>
        <translation>%1 liegt nicht auf diesem Rechner</translation>
    </message>
    <message>
        <source>Mount its folder (sshfs, SMB), or copy it here, and drop that.</source>
        <translation>Binden Sie seinen Ordner ein (sshfs, SMB) oder kopieren Sie ihn hierher, und ziehen Sie diesen ins Fenster.</translation>
    </message>
</context>
<context>
    <name>triptych::ExpertBars</name>
    <message>
        <source>Load and bias of the experts of the chosen layer</source>
        <translation>Last und Bias der Experten der gewählten Schicht</translation>
    </message>
    <message>
        <source>bias</source>
        <translation>Bias</translation>
    </message>
    <message>
        <source>Expert %1: %2 × the mean load</source>
        <translation>Experte %1: %2 × mittlere Last</translation>
    </message>
    <message>
        <source>; bias %1</source>
        <translation>; Bias %1</translation>
    </message>
    <message>
        <source>; switched off</source>
        <translation>; abgeschaltet</translation>
    </message>
</context>
<context>
    <name>triptych::ExpertLines</name>
    <message>
        <source>nothing yet</source>
        <translation>noch nichts</translation>
    </message>
    <message>
        <source>step %1: %2</source>
        <translation>Schritt %1: %2</translation>
    </message>
    <message>
        <source>step</source>
        <translation>Schritt</translation>
    </message>
</context>
<context>
    <name>triptych::ExpertLoadPanel</name>
    <message>
        <source>Switch the chosen expert off, or on again</source>
        <translation>Den gewählten Experten abschalten oder wieder einschalten</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>Load of each expert over the mean load, by layer</source>
        <translation>Last jedes Experten durch die mittlere Last, nach Schicht</translation>
    </message>
    <message>
        <source>next dead</source>
        <translation>zum toten</translation>
    </message>
    <message>
        <source>Chooses the next expert that got no token for 20 steps.</source>
        <translation>Wählt den nächsten Experten, der 20 Schritte lang kein Token bekam.</translation>
    </message>
    <message>
        <source>next of %1 hot</source>
        <translation>zum heißen (%1)</translation>
    </message>
    <message>
        <source>Chooses the next expert with %1 × the mean load or more, smoothed over 20 steps.</source>
        <translation>Wählt den nächsten Experten mit %1 × mittlerer Last oder mehr, über 20 Schritte geglättet.</translation>
    </message>
    <message>
        <source>This model has no experts: every layer is dense.</source>
        <translation>Dieses Modell hat keine Experten: jede Schicht ist dicht.</translation>
    </message>
    <message>
        <source>The load of every expert appears here with the first training step: layers from top to bottom, experts from left to right, orange where too many tokens go, blue where too few.</source>
        <translation>Die Last jedes Experten erscheint hier mit dem ersten Trainingsschritt: Schichten von oben nach unten, Experten von links nach rechts, orange, wo zu viele Token hingehen, blau, wo zu wenige.</translation>
    </message>
    <message>
        <source>MaxVio &lt;b&gt;%1&lt;/b&gt; &amp;nbsp;·&amp;nbsp; &lt;span style=&apos;color:%2&apos;&gt;dead experts &lt;b&gt;%3&lt;/b&gt; of %4&lt;/span&gt;</source>
        <translation>MaxVio &lt;b&gt;%1&lt;/b&gt; &amp;nbsp;·&amp;nbsp; &lt;span style=&apos;color:%2&apos;&gt;tote Experten &lt;b&gt;%3&lt;/b&gt; von %4&lt;/span&gt;</translation>
    </message>
    <message>
        <source>MaxVio: max load / mean load − 1, mean over the layers and the last 20 steps (arXiv 2408.15664, eq. 4); in step %1 alone %2. A dead expert got no token for 20 steps.</source>
        <translation>MaxVio: größte Last / mittlere Last − 1, gemittelt über die Schichten und die letzten 20 Schritte (arXiv 2408.15664, Gl. 4); in Schritt %1 allein %2. Ein toter Experte bekam 20 Schritte lang kein Token.</translation>
    </message>
    <message>
        <source>no alert about balance</source>
        <translation>kein Alarm</translation>
    </message>
    <message>
        <source>The last alert about balance, from step %1.</source>
        <translation>Der letzte Alarm zum Gleichgewicht, aus Schritt %1.</translation>
    </message>
    <message>
        <source>%1: load / mean, and the bias that steers it</source>
        <translation>%1: Last / Mittel und der Bias, der sie lenkt</translation>
    </message>
    <message>
        <source>Bars: load over the mean load, smoothed over 20 steps; the line is an even load. Dots: the selection bias b of each expert, moved by γ × sign(mean load − load) after every step (DeepSeek-V3 report, section 2.1.2).</source>
        <translation>Balken: Last durch mittlere Last, über 20 Schritte geglättet; die Linie ist gleichmäßige Last. Punkte: der Auswahl-Bias b jedes Experten, nach jedem Schritt um γ × sign(mittlere Last − Last) verschoben (Bericht zu DeepSeek-V3, Abschnitt 2.1.2).</translation>
    </message>
    <message>
        <source>%1, expert %2: %3 × the mean load in step %4</source>
        <translation>%1, Experte %2: %3 × mittlere Last in Schritt %4</translation>
    </message>
    <message>
        <source>; %1 tokens</source>
        <translation>; %1 Token</translation>
    </message>
    <message>
        <source>; bias %1</source>
        <translation>; Bias %1</translation>
    </message>
    <message>
        <source>; switched off</source>
        <translation>; abgeschaltet</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>on</source>
        <translation>an</translation>
    </message>
    <message>
        <source>Load of each expert, step %1</source>
        <translation>Last jedes Experten, Schritt %1</translation>
    </message>
    <message>
        <source>expert</source>
        <translation>Experte</translation>
    </message>
    <message>
        <source>load / mean (20 steps)</source>
        <translation>Last / Mittel (20 Schritte)</translation>
    </message>
    <message>
        <source>choices in the step</source>
        <translation>Wahlen im Schritt</translation>
    </message>
    <message>
        <source>bias</source>
        <translation>Bias</translation>
    </message>
    <message>
        <source>state</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>no alert yet: one comes after 50 steps without a token</source>
        <translation>noch kein Alarm: er kommt nach 50 Schritten ohne ein Token</translation>
    </message>
    <message>
        <source>gets no token of the probe text</source>
        <translation>bekommt kein Token des Probetexts</translation>
    </message>
    <message>
        <source>gets %1 of %2 tokens of the probe text: %3</source>
        <translation>bekommt %1 von %2 Tokens des Probetexts: %3</translation>
    </message>
    <message>
        <source>a chosen expert tells here which tokens of the probe text it gets</source>
        <translation>ein gewählter Experte nennt hier die Tokens des Probetexts, die er bekommt</translation>
    </message>
    <message>
        <source>Tokens that choose this expert in the last look at the probe text, the most frequent first.</source>
        <translation>Tokens, die diesen Experten beim letzten Blick auf den Probetext wählen, die häufigsten zuerst.</translation>
    </message>
    <message>
        <source>%1, expert %2: %3 ×</source>
        <comment>a load over the mean load</comment>
        <translation>%1, Experte %2: %3 ×</translation>
    </message>
    <message>
        <source>, bias %1</source>
        <translation>, Bias %1</translation>
    </message>
    <message>
        <source>%1 of %2 chosen, the most there can be. </source>
        <translation>%1 von %2 gewählt, mehr geht nicht. </translation>
    </message>
</context>
<context>
    <name>triptych::ExpertToggle</name>
    <message>
        <source>Switch off</source>
        <translation>Abschalten</translation>
    </message>
    <message>
        <source>Switch on</source>
        <translation>Einschalten</translation>
    </message>
    <message>
        <source>Choose an expert in the map first.</source>
        <translation>Zuerst in der Karte einen Experten wählen.</translation>
    </message>
    <message>
        <source>✕ off</source>
        <translation>✕ aus</translation>
    </message>
    <message>
        <source>Expert %1 of layer %2 is off: no token is sent to it, and its bias rests. X switches it on again.</source>
        <translation>Experte %1 von Schicht %2 ist aus: er bekommt kein Token, und sein Bias ruht. X schaltet ihn wieder ein.</translation>
    </message>
    <message>
        <source>Sends no more tokens to the chosen expert, from the next step on; the others take them over.
X does the same. It holds for this run and its checkpoints, and can be taken back.</source>
        <translation>Schickt dem gewählten Experten ab dem nächsten Schritt keine Token mehr; die anderen übernehmen sie.
X tut dasselbe. Es gilt für diesen Lauf und seine Checkpoints und lässt sich zurücknehmen.</translation>
    </message>
    <message>
        <source>off requested</source>
        <translation>Abschalten verlangt</translation>
    </message>
    <message>
        <source>on requested</source>
        <translation>Einschalten verlangt</translation>
    </message>
    <message>
        <source>The training takes it over before its next step.</source>
        <translation>Das Training übernimmt es vor seinem nächsten Schritt.</translation>
    </message>
    <message>
        <source>%1 expert %2 of layer %3</source>
        <translation>%1: Experte %2 von Schicht %3</translation>
    </message>
</context>
<context>
    <name>triptych::ExportDialog</name>
    <message>
        <source>Width</source>
        <translation>Breite</translation>
    </message>
    <message>
        <source>Height</source>
        <translation>Höhe</translation>
    </message>
    <message>
        <source>Export “%1”</source>
        <translation>„%1“ exportieren</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>Speichern als…</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Picture and table at once: paste what you have use for</source>
        <translation>Bild und Tabelle zugleich: eingefügt wird, was gebraucht wird</translation>
    </message>
    <message>
        <source>PNG</source>
        <translation>PNG</translation>
    </message>
    <message>
        <source>A picture made of pixels</source>
        <translation>Ein Bild aus Pixeln</translation>
    </message>
    <message>
        <source>SVG</source>
        <translation>SVG</translation>
    </message>
    <message>
        <source>A drawing that other programs can change</source>
        <translation>Eine Zeichnung, die andere Programme ändern können</translation>
    </message>
    <message>
        <source>PDF</source>
        <translation>PDF</translation>
    </message>
    <message>
        <source>A drawing for papers: lines and text, sharp in any size</source>
        <translation>Eine Zeichnung für Veröffentlichungen: Linien und Text, scharf in jeder Größe</translation>
    </message>
    <message>
        <source>CSV</source>
        <translation>CSV</translation>
    </message>
    <message>
        <source>The numbers, exactly, as a table</source>
        <translation>Die Zahlen, genau, als Tabelle</translation>
    </message>
    <message>
        <source> dpi</source>
        <translation> dpi</translation>
    </message>
    <message>
        <source>Dots per inch</source>
        <translation>Punkte je Zoll</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Aussehen</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>Papier</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>As</source>
        <translation>Als</translation>
    </message>
    <message>
        <source>Pixels</source>
        <translation>Pixel</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>Vorschau</translation>
    </message>
    <message>
        <source>The first lines of the table</source>
        <translation>Die ersten Zeilen der Tabelle</translation>
    </message>
    <message>
        <source>%1 of text</source>
        <translation>%1 Text</translation>
    </message>
    <message>
        <source>%1 × %2 pixels</source>
        <translation>%1 × %2 Pixel</translation>
    </message>
    <message>
        <source>Lines and text, sharp in any size</source>
        <translation>Linien und Text, scharf in jeder Größe</translation>
    </message>
    <message>
        <source>%1 files (*.%2)</source>
        <translation>%1-Dateien (*.%2)</translation>
    </message>
</context>
<context>
    <name>triptych::FollowChip</name>
    <message>
        <source>Jump to live</source>
        <translation>Zu live springen</translation>
    </message>
    <message>
        <source>Jump to the end</source>
        <translation>Zum Ende springen</translation>
    </message>
    <message>
        <source>● Live</source>
        <translation>● Live</translation>
    </message>
    <message>
        <source>The curves follow the newest step. Press to hold the picture (F).</source>
        <translation>Die Kurven folgen dem neuesten Schritt. Drücken hält das Bild an (F).</translation>
    </message>
    <message>
        <source>The picture is held where you put it. Press to follow the newest step again (F).</source>
        <translation>Das Bild bleibt, wo es hingeschoben wurde. Drücken folgt wieder dem neuesten Schritt (F).</translation>
    </message>
    <message>
        <source>At the end</source>
        <translation>Am Ende</translation>
    </message>
    <message>
        <source>The run is not training; the curves show its last step. They follow when it goes on.</source>
        <translation>Der Lauf trainiert nicht; die Kurven zeigen seinen letzten Schritt. Sie folgen, wenn er weitergeht.</translation>
    </message>
    <message>
        <source>The picture is held where you put it. Press to see the last step again (F).</source>
        <translation>Das Bild bleibt, wo es hingeschoben wurde. Drücken zeigt wieder den letzten Schritt (F).</translation>
    </message>
</context>
<context>
    <name>triptych::ForkDialog</name>
    <message>
        <source>Fork of %1</source>
        <translation>Fork von %1</translation>
    </message>
    <message>
        <source>Step of the checkpoint</source>
        <translation>Schritt des Checkpoints</translation>
    </message>
    <message>
        <source>Settings to change</source>
        <translation>Zu ändernde Einstellungen</translation>
    </message>
    <message>
        <source>Step to train to</source>
        <translation>Schritt, bis zu dem trainiert wird</translation>
    </message>
    <message>
        <source>Folder of the new run</source>
        <translation>Ordner des neuen Laufs</translation>
    </message>
    <message>
        <source>Checkpoint of step</source>
        <translation>Checkpoint von Schritt</translation>
    </message>
    <message>
        <source>Train to step</source>
        <translation>Trainieren bis Schritt</translation>
    </message>
    <message>
        <source>New folder</source>
        <translation>Neuer Ordner</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>Trainieren</translation>
    </message>
    <message>
        <source>The checkpoint is at step %1: train further than that.</source>
        <translation>Der Checkpoint ist von Schritt %1: weiter als bis dahin trainieren.</translation>
    </message>
    <message>
        <source>The new run needs a folder.</source>
        <translation>Der neue Lauf braucht einen Ordner.</translation>
    </message>
    <message>
        <source>A new run from step %1 on, as the other one was. Without a change it repeats it.</source>
        <translation>Ein neuer Lauf ab Schritt %1, wie der andere. Ohne Änderung wiederholt er ihn.</translation>
    </message>
    <message>
        <source>A new run from step %1 on: weights, moments and place in the data of the other one, which stays as it is. Both are drawn together.</source>
        <translation>Ein neuer Lauf ab Schritt %1: Gewichte, Momente und Stelle in den Daten kommen vom anderen, der bleibt, wie er ist. Beide werden zusammen gezeichnet.</translation>
    </message>
    <message>
        <source>Settings of the training as key=value, with blanks between; none repeats the other run bit for bit. Names and values are offered as you type; Down shows all.</source>
        <translation>Einstellungen des Trainings als key=value, mit Leerzeichen dazwischen; ohne eine wiederholt er den anderen Lauf Bit für Bit. Namen und Werte werden beim Tippen angeboten; Pfeil nach unten zeigt alle.</translation>
    </message>
</context>
<context>
    <name>triptych::FormPage</name>
    <message>
        <source>context S</source>
        <translation>Kontext S</translation>
    </message>
    <message>
        <source>absorbed</source>
        <translation>absorbiert</translation>
    </message>
    <message>
        <source>expanded</source>
        <translation>entfaltet</translation>
    </message>
    <message>
        <source>S</source>
        <translation>S</translation>
    </message>
    <message>
        <source>ratio</source>
        <translation>Verhältnis</translation>
    </message>
</context>
<context>
    <name>triptych::FormsPanel</name>
    <message>
        <source>Here you will see what attention over cached latents costs in its two forms: absorbed, or expanded to keys and values.
It follows from the shape of the model: start or open a run.</source>
        <translation>Hier ist zu sehen, was Aufmerksamkeit auf gespeicherten Latents in ihren zwei Formen kostet: absorbiert, oder zu Schlüsseln und Werten entfaltet.
Das folgt aus der Form des Modells: einen Lauf starten oder öffnen.</translation>
    </message>
    <message>
        <source>Quantity</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>FLOPs</source>
        <translation>FLOPs</translation>
    </message>
    <message>
        <source>Bytes</source>
        <translation>Bytes</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>FLOPs per token</source>
        <translation>FLOPs je Token</translation>
    </message>
    <message>
        <source>bytes moved per token</source>
        <translation>bewegte Bytes je Token</translation>
    </message>
    <message>
        <source>ms per token, measured</source>
        <translation>ms je Token, gemessen</translation>
    </message>
    <message>
        <source>Nothing was measured yet: the button above runs attention in both forms for a moment.</source>
        <translation>Noch wurde nichts gemessen: der Knopf oben lässt die Aufmerksamkeit einen Moment lang in beiden Formen laufen.</translation>
    </message>
    <message>
        <source>One new token: absorbed takes fewer FLOPs from %1 positions on.</source>
        <translation>Ein neues Token: ab %1 Positionen braucht absorbiert weniger FLOPs.</translation>
    </message>
    <message>
        <source>One new token: expanded takes fewer FLOPs at any context.</source>
        <translation>Ein neues Token: bei jedem Kontext braucht entfaltet weniger FLOPs.</translation>
    </message>
    <message>
        <source>A prompt: expanded does, from %1 tokens at once.</source>
        <translation>Eine Vorgabe: entfaltet tut es, ab %1 Token auf einmal.</translation>
    </message>
    <message>
        <source>A prompt: absorbed does too.</source>
        <translation>Eine Vorgabe: absorbiert tut es auch hier.</translation>
    </message>
    <message>
        <source>Here H = %1 heads, c = %2 (latent), r = %3 (rotated key), n = %4 (key), v = %5 (value), %6 layers.
DeepSeek-V2 report, section 2.1.2; V3 report, section 2.1.1.</source>
        <translation>Hier sind H = %1 Köpfe, c = %2 (Latent), r = %3 (gedrehter Schlüssel), n = %4 (Schlüssel), v = %5 (Wert), %6 Schichten.
Bericht zu DeepSeek-V2, Abschnitt 2.1.2; zu V3, Abschnitt 2.1.1.</translation>
    </message>
    <message>
        <source>FLOPs of one new token against S cached positions, per layer:
absorbed 2 H c (n + v) + 2 H S (2 c + r): W_UK is folded into the query, W_UV into the output
expanded 2 H c (n + v) S + 2 H S (n + r + v): keys and values are made of all latents again
</source>
        <translation>FLOPs eines neuen Tokens gegen S gespeicherte Positionen, je Schicht:
absorbiert 2 H c (n + v) + 2 H S (2 c + r): W_UK steckt in der Anfrage, W_UV in der Ausgabe
entfaltet 2 H c (n + v) S + 2 H S (n + r + v): Schlüssel und Werte werden aus allen Latents neu gemacht
</translation>
    </message>
    <message>
        <source>Bytes that one new token moves, in BF16, per layer:
absorbed 2 (H c (n + v) + S (c + r)): W_UK and W_UV, and the cache
expanded the same + 4 S H (n + v): keys and values, written and read
</source>
        <translation>Bytes, die ein neues Token bewegt, in BF16, je Schicht:
absorbiert 2 (H c (n + v) + S (c + r)): W_UK und W_UV, und der Cache
entfaltet dasselbe + 4 S H (n + v): Schlüssel und Werte, geschrieben und gelesen
</translation>
    </message>
    <message>
        <source>Both forms give the same logits. Expanding costs once for all tokens that are read together, the
products with the latent more for each pair: they cost the same at c (n + v) / (2 c − n − v)
tokens at once against a long context. So prompts are read expanded, and text is written
absorbed.
</source>
        <translation>Beide Formen ergeben dieselben Logits. Das Entfalten kostet einmal für alle Token, die zusammen gelesen werden, die
Produkte mit dem Latent mehr für jedes Paar: gleich viel kosten beide bei c (n + v) / (2 c − n − v)
Token auf einmal gegen einen langen Kontext. Darum werden Vorgaben entfaltet gelesen, und Text wird
absorbiert geschrieben.
</translation>
    </message>
    <message>
        <source>
Measured while a training had the same cores: alone it is faster.</source>
        <translation>
Gemessen, während ein Training dieselben Kerne hatte: allein geht es schneller.</translation>
    </message>
    <message>
        <source>Milliseconds that the attention of all layers takes for one token on this machine, in f32, median
of a few, with fresh weights; its projections are in it, everything else is not.</source>
        <translation>Millisekunden, die die Aufmerksamkeit aller Schichten für ein Token auf dieser Maschine braucht, in f32, Median
aus einigen, mit frischen Gewichten; ihre Projektionen sind dabei, alles andere nicht.</translation>
    </message>
    <message>
        <source>Stop measuring</source>
        <translation>Messung beenden</translation>
    </message>
    <message>
        <source>Measure: takes seconds from the training</source>
        <translation>Messen: nimmt dem Training Sekunden</translation>
    </message>
    <message>
        <source>Measure on this machine</source>
        <translation>Auf dieser Maschine messen</translation>
    </message>
    <message>
        <source>Runs the attention of this model&apos;s layers in both forms for some seconds, on all cores.
A training that goes on meanwhile is slower for so long; nothing of it changes.</source>
        <translation>Lässt die Aufmerksamkeit der Schichten dieses Modells einige Sekunden lang in beiden Formen laufen, auf allen Kernen.
Ein Training, das dabei weitergeht, ist so lange langsamer; es ändert sich nichts daran.</translation>
    </message>
    <message>
        <source>Measuring …</source>
        <translation>Messung läuft …</translation>
    </message>
    <message>
        <source>context S (tokens)</source>
        <translation>Kontext S (Token)</translation>
    </message>
    <message>
        <source>absorbed (%1)</source>
        <translation>absorbiert (%1)</translation>
    </message>
    <message>
        <source>expanded (%1)</source>
        <translation>entfaltet (%1)</translation>
    </message>
    <message>
        <source>expanded / absorbed</source>
        <translation>entfaltet / absorbiert</translation>
    </message>
    <message>
        <source>FLOP</source>
        <translation>FLOP</translation>
    </message>
    <message>
        <source>Bytes moved per token</source>
        <translation>Bewegte Bytes je Token</translation>
    </message>
    <message>
        <source>bytes</source>
        <translation>Bytes</translation>
    </message>
    <message>
        <source>Time per token, measured</source>
        <translation>Zeit je Token, gemessen</translation>
    </message>
    <message>
        <source>ms</source>
        <translation>ms</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Measure</source>
        <translation>Messen</translation>
    </message>
</context>
<context>
    <name>triptych::HeadGallery</name>
    <message>
        <source>itself</source>
        <translation>sich selbst</translation>
    </message>
    <message>
        <source>before</source>
        <translation>davor</translation>
    </message>
    <message>
        <source>first</source>
        <translation>erstes</translation>
    </message>
    <message>
        <source>spread</source>
        <translation>verteilt</translation>
    </message>
    <message>
        <source>Looks at itself</source>
        <translation>Sieht sich selbst an</translation>
    </message>
    <message>
        <source>Looks at the token before</source>
        <translation>Sieht das Token davor an</translation>
    </message>
    <message>
        <source>Looks at the first token</source>
        <translation>Sieht das erste Token an</translation>
    </message>
    <message>
        <source>Looks at many alike</source>
        <translation>Sieht viele gleich an</translation>
    </message>
    <message>
        <source>All heads of all layers</source>
        <translation>Alle Köpfe aller Schichten</translation>
    </message>
    <message>
        <source>%1.%2</source>
        <comment>layer.head</comment>
        <translation>%1.%2</translation>
    </message>
    <message>
        <source>M%1</source>
        <comment>MTP block, short</comment>
        <translation>M%1</translation>
    </message>
    <message>
        <source>%1, head %2 of %3, counted from 0: %4.
Mean weights over the tokens from the third on:
%5 on itself, %6 on the token before, %7 on the first.
1 / sum of squared weights: as if %8 of what is seen were looked at alike.</source>
        <translation>%1, Kopf %2 von %3, gezählt ab 0: %4.
Mittlere Gewichte über die Token ab dem dritten:
%5 auf sich selbst, %6 auf das Token davor, %7 auf das erste.
1 / Summe der quadrierten Gewichte: als würden %8 dessen, was zu sehen ist, gleich angesehen.</translation>
    </message>
</context>
<context>
    <name>triptych::HeadOrder</name>
    <message>
        <source>Order of the heads</source>
        <translation>Reihenfolge der Köpfe</translation>
    </message>
    <message>
        <source>The order of the small pictures. By habit those come first that have most of it now;
they stay in their places while the run goes on, choose again to sort again.
The formula of each habit is in the tooltip of a picture.</source>
        <translation>Die Reihenfolge der kleinen Bilder. Nach Gewohnheit stehen die vorn, die jetzt am meisten davon haben;
sie behalten ihre Plätze, während der Lauf weitergeht; erneutes Wählen sortiert neu.
Die Formel jeder Gewohnheit steht im Tooltip eines Bildes.</translation>
    </message>
    <message>
        <source>By layer</source>
        <translation>Nach Schicht</translation>
    </message>
    <message>
        <source>By habit</source>
        <translation>Nach Gewohnheit</translation>
    </message>
</context>
<context>
    <name>triptych::JourneyPanel</name>
    <message>
        <source>Token</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>Heads</source>
        <translation>Köpfe</translation>
    </message>
    <message>
        <source>Whose attention “looks at” shows: of one head, or of all heads, then each token
by the head that looks at it most.</source>
        <translation>Wessen Aufmerksamkeit „sieht an“ zeigt: die eines Kopfs oder aller Köpfe, dann jedes Token
nach dem Kopf, der es am meisten ansieht.</translation>
    </message>
    <message>
        <source>Here you will follow one token of the probe text through all layers:
which experts got it, which tokens it looked at, what the model would have said after each layer.
Start a run: it comes with the first steps.</source>
        <translation>Hier wird ein Token des Prüftexts durch alle Schichten zu verfolgen sein:
welche Experten es bekamen, welche Token es ansah, was das Modell nach jeder Schicht gesagt hätte.
Einen Lauf starten: es kommt mit den ersten Schritten.</translation>
    </message>
    <message>
        <source>%1  %2</source>
        <comment>position and text of a token</comment>
        <translation>%1  %2</translation>
    </message>
    <message>
        <source>all heads</source>
        <translation>alle Köpfe</translation>
    </message>
    <message>
        <source>head %1</source>
        <translation>Kopf %1</translation>
    </message>
    <message>
        <source>%1, token %2 of %3, at step %4</source>
        <translation>%1, Token %2 von %3, bei Schritt %4</translation>
    </message>
    <message>
        <source>; attention is kept by neighbours of %1 tokens</source>
        <translation>; Aufmerksamkeit ist je %1 benachbarte Token aufgehoben</translation>
    </message>
    <message>
        <source>What the model would have said after each layer was not recorded at this step: it is kept of the steps at which this page was open.</source>
        <translation>Was das Modell nach jeder Schicht gesagt hätte, wurde bei diesem Schritt nicht aufgezeichnet: es wird von den Schritten aufgehoben, bei denen diese Seite offen war.</translation>
    </message>
    <message>
        <source>What the model would say after each layer comes with the next pass, of a large vocabulary for the chosen token alone.</source>
        <translation>Was das Modell nach jeder Schicht sagen würde, kommt mit dem nächsten Durchgang; bei großem Vokabular nur für das gewählte Token.</translation>
    </message>
    <message>
        <source>What the model would say after each layer comes with the next pass.</source>
        <translation>Was das Modell nach jeder Schicht sagen würde, kommt mit dem nächsten Durchgang.</translation>
    </message>
    <message>
        <source>What the model would say after each layer was not recorded in this run; train it on to read it.</source>
        <translation>Was das Modell nach jeder Schicht sagen würde, wurde in diesem Lauf nicht aufgezeichnet; weitertrainieren, um es zu lesen.</translation>
    </message>
    <message>
        <source>Expert %1 of layer %2: its output counts %3, %4 of the weight of all experts of this token.
DeepSeek-V3 report, section 2.1.2, eq. 12 to 16.</source>
        <translation>Experte %1 von Schicht %2: seine Ausgabe zählt %3, das sind %4 des Gewichts aller Experten dieses Tokens.
Bericht zu DeepSeek-V3, Abschnitt 2.1.2, Gl. 12 bis 16.</translation>
    </message>
    <message>
        <source>“%1” (tokens from %2 on; the largest of them)</source>
        <translation>„%1“ (Token ab %2; das größte davon)</translation>
    </message>
    <message>
        <source>itself, %1 (token %2)</source>
        <translation>sich selbst, %1 (Token %2)</translation>
    </message>
    <message>
        <source>%1 (token %2)</source>
        <translation>%1 (Token %2)</translation>
    </message>
    <message>
        <source>Head %1 gives %2 of its attention to %3.</source>
        <translation>Kopf %1 gibt %2 seiner Aufmerksamkeit an %3.</translation>
    </message>
    <message>
        <source>dense</source>
        <translation>dicht</translation>
    </message>
    <message>
        <source>Layer %1 is dense: one feed-forward part for all tokens.</source>
        <translation>Schicht %1 ist dicht: ein Feed-Forward-Teil für alle Token.</translation>
    </message>
    <message>
        <source>Layer %1: experts %2.</source>
        <translation>Schicht %1: Experten %2.</translation>
    </message>
    <message>
        <source>, </source>
        <translation>, </translation>
    </message>
    <message>
        <source>“%1” %2</source>
        <comment>a token and its share</comment>
        <translation>„%1“ %2</translation>
    </message>
    <message>
        <source>It looks at %1.</source>
        <translation>Es sieht %1 an.</translation>
    </message>
    <message>
        <source>If the model ended here it would say %1.</source>
        <translation>Wenn das Modell hier endete, würde es %1 sagen.</translation>
    </message>
    <message>
        <source>head</source>
        <translation>Kopf</translation>
    </message>
    <message>
        <source>MTP %1 expected “%2” %3 %4: %5</source>
        <comment>depth, token, probability, when, verdict</comment>
        <translation>MTP %1 erwartete „%2“ %3 %4: %5</translation>
    </message>
    <message>
        <source>one token earlier</source>
        <translation>ein Token früher</translation>
    </message>
    <message>
        <source>%1 tokens earlier</source>
        <translation>%1 Token früher</translation>
    </message>
    <message>
        <source>✓ the same</source>
        <translation>✓ dasselbe</translation>
    </message>
    <message>
        <source>✗ another</source>
        <translation>✗ ein anderes</translation>
    </message>
    <message>
        <source>this model has no MTP module that could have expected it</source>
        <translation>dieses Modell hat kein MTP-Modul, das es hätte erwarten können</translation>
    </message>
    <message>
        <source>the text begins here: no MTP module could expect it</source>
        <translation>hier beginnt der Text: kein MTP-Modul konnte es erwarten</translation>
    </message>
    <message>
        <source>; </source>
        <translation>; </translation>
    </message>
    <message>
        <source>After %1 the head chooses %2.
%3.
DeepSeek-V3 report, section 2.2.</source>
        <translation>Nach %1 wählt der Kopf %2.
%3.
Bericht zu DeepSeek-V3, Abschnitt 2.2.</translation>
    </message>
    <message>
        <source>expert</source>
        <translation>Experte</translation>
    </message>
    <message>
        <source>looks at token</source>
        <translation>sieht Token an</translation>
    </message>
    <message>
        <source>would say</source>
        <translation>würde sagen</translation>
    </message>
    <message>
        <source>says</source>
        <translation>sagt</translation>
    </message>
    <message>
        <source>MTP %1 expected</source>
        <translation>MTP %1 erwartete</translation>
    </message>
    <message>
        <source>Token %1, step %2</source>
        <translation>Token %1, Schritt %2</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>what</source>
        <translation>was</translation>
    </message>
    <message>
        <source>which</source>
        <translation>welches</translation>
    </message>
    <message>
        <source>weight or probability</source>
        <translation>Gewicht oder Wahrscheinlichkeit</translation>
    </message>
    <message>
        <source>head of attention</source>
        <translation>Kopf der Aufmerksamkeit</translation>
    </message>
</context>
<context>
    <name>triptych::JourneyView</name>
    <message>
        <source>The token&apos;s way through the layers</source>
        <translation>Der Weg des Tokens durch die Schichten</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>experts, weight</source>
        <translation>Experten, Gewicht</translation>
    </message>
    <message>
        <source>looks at</source>
        <translation>sieht an</translation>
    </message>
    <message>
        <source>would say next</source>
        <translation>sagte als Nächstes</translation>
    </message>
    <message>
        <source>The routed experts that the token was sent to, with the weights of their outputs.
DeepSeek-V3 report, section 2.1.2, eq. 12 to 16. Dense layers have none.</source>
        <translation>Die gerouteten Experten, zu denen das Token geschickt wurde, mit den Gewichten ihrer Ausgaben.
Bericht zu DeepSeek-V3, Abschnitt 2.1.2, Gl. 12 bis 16. Dichte Schichten haben keine.</translation>
    </message>
    <message>
        <source>The tokens with the largest attention weights: a softmax over the tokens so far.
DeepSeek-V3 report, section 2.1.1, eq. 10.</source>
        <translation>Die Token mit den größten Aufmerksamkeitsgewichten: ein Softmax über die bisherigen Token.
Bericht zu DeepSeek-V3, Abschnitt 2.1.1, Gl. 10.</translation>
    </message>
    <message>
        <source>Logit lens: the final norm and the head on the residual stream after the layer, as if the model ended
there. Bold: what the head chooses in the end. After the last layer it is the model&apos;s own choice.</source>
        <translation>Logit Lens: die letzte Norm und der Kopf auf dem Residualstrom nach der Schicht, als endete das Modell
dort. Fett: was der Kopf am Ende wählt. Nach der letzten Schicht ist es die Wahl des Modells selbst.</translation>
    </message>
</context>
<context>
    <name>triptych::KernelModel</name>
    <message>
        <source>between the ops</source>
        <translation>zwischen den Ops</translation>
    </message>
    <message>
        <source>What a step spends outside of ops: taking the next texts, bookkeeping of blocks, waiting.</source>
        <translation>Was ein Schritt außerhalb der Ops verbringt: die nächsten Texte holen, Buchführung der Blöcke, Warten.</translation>
    </message>
    <message>
        <source>%1: %2 calls a step, %3 ms together.
FLOPs and bytes are those that the op declares for its shapes;
bytes may come from a cache, so their rate may exceed that of the memory (%4 GB/s).</source>
        <translation>%1: %2 Aufrufe je Schritt, zusammen %3 ms.
FLOPs und Bytes sind die, die die Op für ihre Formen angibt;
Bytes können aus einem Cache kommen, ihre Rate darf also über der des Speichers liegen (%4 GB/s).</translation>
    </message>
    <message>
        <source>Rate over the best matrix product that this machine reached, measured while the run trains</source>
        <translation>Rate durch das beste Matrixprodukt, das diese Maschine erreichte, gemessen während des Laufs</translation>
    </message>
    <message>
        <source>Bytes that the op must read and write, over its time</source>
        <translation>Bytes, die die Op lesen und schreiben muss, durch ihre Zeit</translation>
    </message>
    <message>
        <source>op</source>
        <translation>Op</translation>
    </message>
    <message>
        <source>ms / step</source>
        <translation>ms / Schritt</translation>
    </message>
    <message>
        <source>share</source>
        <translation>Anteil</translation>
    </message>
    <message>
        <source>GFLOP/s</source>
        <translation>GFLOP/s</translation>
    </message>
    <message>
        <source>of peak</source>
        <translation>vom Maximum</translation>
    </message>
    <message>
        <source>GB/s</source>
        <translation>GB/s</translation>
    </message>
    <message>
        <source>calls</source>
        <translation>Aufrufe</translation>
    </message>
</context>
<context>
    <name>triptych::KeyMapDialog</name>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Where curves have the focus</source>
        <translation>Wo Kurven den Fokus haben</translation>
    </message>
    <message>
        <source>← →</source>
        <translation>← →</translation>
    </message>
    <message>
        <source>Crosshair to the next point; with Shift further</source>
        <translation>Fadenkreuz zum nächsten Punkt; mit Umschalt weiter</translation>
    </message>
    <message>
        <source>Home End</source>
        <translation>Pos1 Ende</translation>
    </message>
    <message>
        <source>To the first and the last point</source>
        <translation>Zum ersten und zum letzten Punkt</translation>
    </message>
    <message>
        <source>Zoom in and out</source>
        <translation>Vergrößern und verkleinern</translation>
    </message>
    <message>
        <source>The whole run</source>
        <translation>Der ganze Lauf</translation>
    </message>
    <message>
        <source>Follow the newest step, or not</source>
        <translation>Dem neuesten Schritt folgen oder nicht</translation>
    </message>
    <message>
        <source>Logarithmic values of this card</source>
        <translation>Logarithmische Werte dieser Karte</translation>
    </message>
    <message>
        <source>Pin the crosshair</source>
        <translation>Fadenkreuz festhalten</translation>
    </message>
    <message>
        <source>This card alone, or all again</source>
        <translation>Diese Karte allein oder wieder alle</translation>
    </message>
    <message>
        <source>Ctrl+← Ctrl+→</source>
        <translation>Strg+← Strg+→</translation>
    </message>
    <message>
        <source>Move the card</source>
        <translation>Karte verschieben</translation>
    </message>
    <message>
        <source>Del</source>
        <translation>Entf</translation>
    </message>
    <message>
        <source>Remove the card</source>
        <translation>Karte entfernen</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>No crosshair</source>
        <translation>Kein Fadenkreuz</translation>
    </message>
    <message>
        <source>Where a map has the focus</source>
        <translation>Wo eine Karte aus Feldern den Fokus hat</translation>
    </message>
    <message>
        <source>Arrows</source>
        <translation>Pfeile</translation>
    </message>
    <message>
        <source>Attention: the token that is looked at</source>
        <translation>Aufmerksamkeit: das Token, das angesehen wird</translation>
    </message>
    <message>
        <source>The whole map</source>
        <translation>Die ganze Karte</translation>
    </message>
    <message>
        <source>Where the time line has the focus</source>
        <translation>Wo die Zeitleiste den Fokus hat</translation>
    </message>
    <message>
        <source>One frame back and on</source>
        <translation>Ein Bild zurück und vor</translation>
    </message>
    <message>
        <source>PgUp PgDn</source>
        <translation>Bild↑ Bild↓</translation>
    </message>
    <message>
        <source>Many frames on and back</source>
        <translation>Viele Bilder vor und zurück</translation>
    </message>
    <message>
        <source>To the first step and back to live</source>
        <translation>Zum ersten Schritt und zurück zu live</translation>
    </message>
    <message>
        <source>Where the table of runs has the focus</source>
        <translation>Wo die Tabelle der Läufe den Fokus hat</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Leertaste</translation>
    </message>
    <message>
        <source>Draw the curves of the run, or not</source>
        <translation>Die Kurven des Laufs zeichnen oder nicht</translation>
    </message>
    <message>
        <source>Enter</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>Show the run in the whole window</source>
        <translation>Den Lauf im ganzen Fenster zeigen</translation>
    </message>
    <message>
        <source>Write tags or notes</source>
        <translation>Tags oder Notizen schreiben</translation>
    </message>
    <message>
        <source>Single letters and digits work while no text field has the focus. F, L, R, P and S are for the curves of the page that has it, else for those used last.</source>
        <translation>Einzelne Buchstaben und Ziffern wirken, solange kein Textfeld den Fokus hat. F, L, R, P und S gelten den Kurven der Seite, die ihn hat, sonst den zuletzt benutzten.</translation>
    </message>
    <message>
        <source>Another cell; with Shift several, in rows and columns</source>
        <translation>Ein anderes Feld; mit Umschalt mehrere, in Zeilen und Spalten</translation>
    </message>
</context>
<context>
    <name>triptych::LatentPanel</name>
    <message>
        <source>Here you will see how many directions the latents of each layer use, and how long the latent of each token of the probe text is.
Start a run: the picture comes with its first steps.</source>
        <translation>Hier ist zu sehen, wie viele Richtungen die Latents jeder Schicht nutzen und wie lang das Latent jedes Tokens des Prüftexts ist.
Einen Lauf starten: das Bild kommt mit seinen ersten Schritten.</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>Layer of the model (keys G and H)</source>
        <translation>Schicht des Modells (Tasten G und H)</translation>
    </message>
    <message>
        <source>Effective rank of the latents by layer</source>
        <translation>Effektiver Rang der Latents nach Schicht</translation>
    </message>
    <message>
        <source>The effective rank over steps: its first value comes with the next look at the probe text.</source>
        <translation>Der effektive Rang über den Schritten: sein erster Wert kommt mit dem nächsten Blick auf den Prüftext.</translation>
    </message>
    <message>
        <source>The effective rank was not recorded in this run. It is measured with each look at the probe text: while this window watches a run, and every so many steps with the setting probe_every.</source>
        <translation>Der effektive Rang wurde in diesem Lauf nicht aufgezeichnet. Er wird mit jedem Blick auf den Prüftext gemessen: solange dieses Fenster einem Lauf zusieht, und alle paar Schritte mit der Einstellung probe_every.</translation>
    </message>
    <message>
        <source>zoom in</source>
        <translation>hineinzoomen</translation>
    </message>
    <message>
        <source>Lets the axis begin with the smallest norm instead of 0.</source>
        <translation>Lässt die Achse bei der kleinsten Norm statt bei 0 beginnen.</translation>
    </message>
    <message>
        <source>Norm of the latent by token</source>
        <translation>Norm des Latents je Token</translation>
    </message>
    <message>
        <source>Effective rank: exp(−Σ p log p), p the singular values of the latents over their sum (Roy and Vetterli,
2007). k directions that are used equally give k. The latents are those the cache keeps, after
kv_a_layernorm, of up to %1 validation tokens, always the same ones; so the rank cannot exceed
min(tokens, kv_lora_rank). DeepSeek-V3 report, section 2.1.1, eq. 1.</source>
        <translation>Effektiver Rang: exp(−Σ p log p), p die Singulärwerte der Latents durch ihre Summe (Roy und Vetterli,
2007). k gleich stark genutzte Richtungen ergeben k. Die Latents sind die, die der Cache behält, nach
kv_a_layernorm, von bis zu %1 Validierungs-Token, immer denselben; der Rang ist also höchstens
min(Token, kv_lora_rank). Bericht zu DeepSeek-V3, Abschnitt 2.1.1, Gl. 1.</translation>
    </message>
    <message>
        <source>Effective rank</source>
        <translation>Effektiver Rang</translation>
    </message>
    <message>
        <source>directions</source>
        <translation>Richtungen</translation>
    </message>
    <message>
        <source>Length (L2 norm) of the latent that the cache keeps of each token of the probe text,
after kv_a_layernorm: near √kv_lora_rank at first, since the norm&apos;s gain starts with 1.
DeepSeek-V3 report, section 2.1.1.</source>
        <translation>Länge (L2-Norm) des Latents, das der Cache zu jedem Token des Prüftexts behält,
nach kv_a_layernorm: anfangs nahe √kv_lora_rank, weil der Faktor der Norm mit 1 beginnt.
Bericht zu DeepSeek-V3, Abschnitt 2.1.1.</translation>
    </message>
    <message>
        <source>uses %1 of %2 directions: %3</source>
        <translation>nutzt %1 von %2 Richtungen: %3</translation>
    </message>
    <message>
        <source>norm by token: no probe text was run at this step</source>
        <translation>Norm je Token: bei diesem Schritt lief kein Prüftext</translation>
    </message>
    <message>
        <source>Latent of %1: L2 norm %2</source>
        <translation>Latent von %1: L2-Norm %2</translation>
    </message>
    <message>
        <source>norm by token: %1 to %2, not from 0</source>
        <translation>Norm je Token: %1 bis %2, nicht ab 0</translation>
    </message>
    <message>
        <source>norm by token: %1 to %2, from 0</source>
        <translation>Norm je Token: %1 bis %2, ab 0</translation>
    </message>
    <message>
        <source>%1: %2 · %3</source>
        <comment>a token, its norm, the range of all</comment>
        <translation>%1: %2 · %3</translation>
    </message>
    <message>
        <source>Effective rank of the latents, step %1</source>
        <translation>Effektiver Rang der Latents, Schritt %1</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>effective rank (directions)</source>
        <translation>effektiver Rang (Richtungen)</translation>
    </message>
    <message>
        <source>at most (directions)</source>
        <translation>höchstens (Richtungen)</translation>
    </message>
    <message>
        <source>Latents of %1, step %2</source>
        <translation>Latents von %1, Schritt %2</translation>
    </message>
    <message>
        <source>position</source>
        <translation>Position</translation>
    </message>
    <message>
        <source>token</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>L2 norm of the latent</source>
        <translation>L2-Norm des Latents</translation>
    </message>
</context>
<context>
    <name>triptych::LayoutKeeper</name>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>Sizes</source>
        <translation>Größen</translation>
    </message>
    <message>
        <source>Layout from a file</source>
        <translation>Anordnung aus einer Datei</translation>
    </message>
    <message>
        <source>Triptych</source>
        <comment>a layout</comment>
        <translation>Triptychon</translation>
    </message>
    <message>
        <source>Compare</source>
        <comment>a layout</comment>
        <translation>Vergleich</translation>
    </message>
    <message>
        <source>Playground</source>
        <comment>a layout</comment>
        <translation>Spielplatz</translation>
    </message>
    <message>
        <source>Money</source>
        <comment>a layout</comment>
        <translation>Geld</translation>
    </message>
    <message>
        <source>Presenter</source>
        <comment>a layout</comment>
        <translation>Vortrag</translation>
    </message>
</context>
<context>
    <name>triptych::LensLadder</name>
    <message>
        <source>Lens: from rented hours to people</source>
        <translation>Sicht: von gemieteten Stunden bis zu den Menschen</translation>
    </message>
    <message>
        <source>How much is counted: each place adds to the one before it; the first prices rented hours, the others owned ones</source>
        <translation>Wie viel gezählt wird: Jede Stelle fügt zu der vor ihr etwas hinzu; die erste bepreist gemietete Stunden, die anderen eigene</translation>
    </message>
</context>
<context>
    <name>triptych::LessonPanel</name>
    <message>
        <source>Lesson</source>
        <translation>Lektion</translation>
    </message>
    <message>
        <source>A router balances itself by a bias that is added to the scores where experts are chosen, and moved by γ × sign(mean load − load) after every step: arXiv 2408.15664; DeepSeek-V3 report, section 2.1.2. Both runs here have no balance loss (α = 0).</source>
        <translation>Ein Router gleicht sich durch einen Bias aus, der beim Wählen der Experten zu den Werten kommt und nach jedem Schritt um γ × sign(mittlere Last − Last) bewegt wird: arXiv 2408.15664; Bericht zu DeepSeek-V3, Abschnitt 2.1.2. Beide Läufe hier haben keinen Ausgleichs-Loss (α = 0).</translation>
    </message>
    <message>
        <source>How far this part of the lesson is</source>
        <translation>Wie weit dieser Teil der Lektion ist</translation>
    </message>
    <message>
        <source>What the lesson has shown so far</source>
        <translation>Was die Lektion bisher gezeigt hat</translation>
    </message>
    <message>
        <source>MaxVio</source>
        <translation>MaxVio</translation>
    </message>
    <message>
        <source>dead</source>
        <translation>tot</translation>
    </message>
    <message>
        <source>loss, nats</source>
        <translation>Loss, nats</translation>
    </message>
    <message>
        <source>max load / mean load − 1, mean over the layers (arXiv 2408.15664, eq. 4): how much too much the busiest expert gets. 0 is even.</source>
        <translation>größte Last / mittlere Last − 1, Mittel über die Schichten (arXiv 2408.15664, Gl. 4): wie viel zu viel der meistbeschäftigte Experte bekommt. 0 ist gleichmäßig.</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Loss</translation>
    </message>
    <message>
        <source>nats/token</source>
        <translation>nats/Token</translation>
    </message>
    <message>
        <source>Cross entropy of the next token, in nats per token: it tells nothing of the experts.</source>
        <translation>Kreuzentropie des nächsten Tokens in nats je Token: von den Experten verrät sie nichts.</translation>
    </message>
    <message>
        <source>%1 of both runs appears here as they train.</source>
        <translation>%1 beider Läufe erscheint hier, während sie trainieren.</translation>
    </message>
    <message>
        <source>A router collapses</source>
        <translation>Ein Router bricht zusammen</translation>
    </message>
    <message>
        <source>1 of 3: experts that are balanced</source>
        <translation>1 von 3: Experten mit Ausgleich</translation>
    </message>
    <message>
        <source>2 of 3: the same without balancing</source>
        <translation>2 von 3: dasselbe ohne Ausgleich</translation>
    </message>
    <message>
        <source>3 of 3: balancing turned on</source>
        <translation>3 von 3: Ausgleich eingeschaltet</translation>
    </message>
    <message>
        <source>What was to be seen</source>
        <translation>Was zu sehen war</translation>
    </message>
    <message>
        <source>A router that nothing balances sends most tokens to a few experts, and the loss does not tell. This lesson trains the smallest model twice, a minute each: balanced, and not. Then it turns the balancing on while the second one trains.
A run that goes on is saved and ended first.</source>
        <translation>Ein Router, den nichts ausgleicht, schickt die meisten Tokens zu wenigen Experten, und der Loss verrät es nicht. Diese Lektion trainiert das kleinste Modell zweimal, je eine Minute: mit Ausgleich und ohne. Dann schaltet sie den Ausgleich ein, während der zweite Lauf trainiert.
Ein laufendes Training wird vorher gespeichert und beendet.</translation>
    </message>
    <message>
        <source>After each step the bias of every expert moves by γ = %1: down where it got too many tokens, up where too few. Watch the map in the MoE wing grow pale and MaxVio fall.</source>
        <translation>Nach jedem Schritt bewegt sich der Bias jedes Experten um γ = %1: nach unten, wo er zu viele Tokens bekam, nach oben, wo zu wenige. Die Karte im MoE-Flügel verblasst, und MaxVio fällt.</translation>
    </message>
    <message>
        <source>The same model, data and seed, but γ = 0: no bias moves. Experts that are chosen learn, so they are chosen more. In the map some stay orange and others blue; the loss falls all the same.</source>
        <translation>Dasselbe Modell, dieselben Daten, derselbe Startwert, aber γ = 0: kein Bias bewegt sich. Wer gewählt wird, lernt und wird darum noch öfter gewählt. In der Karte bleiben manche orange und andere blau; der Loss fällt trotzdem.</translation>
    </message>
    <message>
        <source>γ = %1 since step %2 of the same run. The biases of busy experts fall, step by step, until others are chosen; look at the page History for the biases.</source>
        <translation>γ = %1 seit Schritt %2 desselben Laufs. Die Bias der vielbeschäftigten Experten fallen Schritt für Schritt, bis andere gewählt werden; die Seite Verlauf zeigt sie.</translation>
    </message>
    <message>
        <source>Balance has to be watched by itself: MaxVio, dead experts and their alerts. The bias changes which experts are chosen and not how their outputs are weighed, so it costs next to nothing in loss.</source>
        <translation>Das Gleichgewicht will für sich beobachtet sein: MaxVio, tote Experten und ihre Warnungen. Der Bias ändert, welche Experten gewählt werden, und nicht, wie ihre Ausgaben zählen; darum kostet er fast keinen Loss.</translation>
    </message>
    <message>
        <source>After %1 steps the busiest expert gets %2 × its share.</source>
        <translation>Nach %1 Schritten bekommt der meistbeschäftigte Experte das %2-Fache seines Anteils.</translation>
    </message>
    <message>
        <source>After as many steps the busiest expert gets %1 × its share instead of %2; the loss is %3 instead of %4 nats, %5 apart.</source>
        <translation>Nach ebenso vielen Schritten bekommt der meistbeschäftigte Experte das %1-Fache seines Anteils statt des %2-Fachen; der Loss ist %3 statt %4 nats, %5 auseinander.</translation>
    </message>
    <message>
        <source>%1 steps later the busiest expert gets %2 × its share, %3 before; the loss went on falling.</source>
        <translation>%1 Schritte später bekommt der meistbeschäftigte Experte das %2-Fache seines Anteils, vorher das %3-Fache; der Loss fiel weiter.</translation>
    </message>
    <message>
        <source>Start the lesson</source>
        <translation>Lektion beginnen</translation>
    </message>
    <message>
        <source>Train again without balancing</source>
        <translation>Noch einmal ohne Ausgleich trainieren</translation>
    </message>
    <message>
        <source>Turn the balancing on</source>
        <translation>Ausgleich einschalten</translation>
    </message>
    <message>
        <source>Sum up</source>
        <translation>Zusammenfassen</translation>
    </message>
    <message>
        <source>Once more</source>
        <translation>Noch einmal</translation>
    </message>
    <message>
        <source>balanced</source>
        <translation>mit Ausgleich</translation>
    </message>
    <message>
        <source>not balanced</source>
        <translation>ohne Ausgleich</translation>
    </message>
    <message>
        <source>turned on</source>
        <translation>eingeschaltet</translation>
    </message>
    <message>
        <source>As soon as there is something to see</source>
        <translation>Sobald etwas zu sehen ist</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>%1, at step %2: means of 20 steps; dead are experts without a token for as long.</source>
        <translation>%1, in Schritt %2: Mittel über 20 Schritte; tot sind Experten, die so lange kein Token bekamen.</translation>
    </message>
    <message>
        <source>What the lesson has shown</source>
        <translation>Was die Lektion gezeigt hat</translation>
    </message>
    <message>
        <source>part</source>
        <translation>Teil</translation>
    </message>
    <message>
        <source>step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>MaxVio (20 steps)</source>
        <translation>MaxVio (20 Schritte)</translation>
    </message>
    <message>
        <source>dead experts</source>
        <translation>tote Experten</translation>
    </message>
    <message>
        <source>loss (20 steps) [nats/token]</source>
        <translation>Loss (20 Schritte) [nats/Token]</translation>
    </message>
    <message>
        <source>The balancing was turned on after step %1.</source>
        <translation>Der Ausgleich wurde nach Schritt %1 eingeschaltet.</translation>
    </message>
</context>
<context>
    <name>triptych::LiveSetting</name>
    <message>
        <source>requested; %1 in force</source>
        <translation>verlangt; %1 gilt</translation>
    </message>
    <message>
        <source>the run has ended</source>
        <translation>der Lauf ist beendet</translation>
    </message>
    <message>
        <source>no run yet</source>
        <translation>noch kein Lauf</translation>
    </message>
    <message>
        <source>Changes a training while it runs; start one to use it.</source>
        <translation>Ändert ein Training, während es läuft; dafür eines starten.</translation>
    </message>
    <message>
        <source>back to live to change this</source>
        <translation>zum Ändern zurück zu live</translation>
    </message>
    <message>
        <source>The window shows a step that was; a setting changes the training that goes on.</source>
        <translation>Das Fenster zeigt einen früheren Schritt; eine Einstellung ändert das Training, das weitergeht.</translation>
    </message>
    <message>
        <source>in force</source>
        <translation>gilt</translation>
    </message>
    <message>
        <source>Enter applies it</source>
        <translation>Enter übernimmt es</translation>
    </message>
    <message>
        <source>not a number</source>
        <translation>keine Zahl</translation>
    </message>
    <message>
        <source>Write it like 0.001 or 1e-3.</source>
        <translation>Schreibweise wie 0,001 oder 1e-3.</translation>
    </message>
    <message>
        <source>expected %1 to %2</source>
        <translation>erwartet: %1 bis %2</translation>
    </message>
    <message>
        <source>requested</source>
        <translation>verlangt</translation>
    </message>
    <message>
        <source>The training takes it over before its next step.</source>
        <translation>Das Training übernimmt es vor seinem nächsten Schritt.</translation>
    </message>
    <message>
        <source>not told by the run</source>
        <translation>vom Lauf nicht gesagt</translation>
    </message>
    <message>
        <source>trained elsewhere</source>
        <translation>wird anderswo trainiert</translation>
    </message>
    <message>
        <source>not a whole number</source>
        <translation>keine ganze Zahl</translation>
    </message>
    <message>
        <source>Write it without a point, like 2.</source>
        <translation>Ohne Komma schreiben, wie 2.</translation>
    </message>
</context>
<context>
    <name>triptych::LiveSettingTexts</name>
    <message>
        <source>%1
%2 to %3%4. Enter sends it to the training that runs, Esc takes back what is in force.</source>
        <translation>%1
%2 bis %3%4. Enter schickt es dem laufenden Training, Esc holt zurück, was gilt.</translation>
    </message>
    <message>
        <source>Active experts</source>
        <translation>Aktive Experten</translation>
    </message>
    <message>
        <source>K′: routed experts that a token chooses, in every layer. Each weighs with its score over the sum of the K′ chosen scores (DeepSeek-V3 report, section 2.1.2, eq. 12 to 16), and MFU counts the work of K′.</source>
        <translation>K′: geroutete Experten, die ein Token wählt, in jeder Schicht. Jeder wiegt mit seinem Score, geteilt durch die Summe der K′ gewählten (DeepSeek-V3-Bericht, Abschnitt 2.1.2, Gl. 12 bis 16), und MFU zählt die Arbeit von K′.</translation>
    </message>
    <message>
        <source>experts</source>
        <translation>Experten</translation>
    </message>
    <message>
        <source>Memory is planned for as many experts a token as the run was started with: %1. Start a run with more to choose more.</source>
        <translation>Der Speicher ist für so viele Experten je Token geplant, wie der Lauf beim Start hatte: %1. Für mehr einen Lauf mit mehr starten.</translation>
    </message>
    <message>
        <source>the model has no routed experts</source>
        <translation>das Modell hat keine gerouteten Experten</translation>
    </message>
</context>
<context>
    <name>triptych::LogChart</name>
    <message>
        <source>%1 %2</source>
        <comment>name of the axis and a value on it</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a curve and its value</comment>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>triptych::LogModel</name>
    <message>
        <source>time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>the model writes: %1</source>
        <translation>das Modell schreibt: %1</translation>
    </message>
</context>
<context>
    <name>triptych::LogPanel</name>
    <message>
        <source>Filter of the log</source>
        <translation>Filter des Protokolls</translation>
    </message>
    <message>
        <source>Filter (Ctrl+F)</source>
        <translation>Filter (Strg+F)</translation>
    </message>
    <message>
        <source>Filter of the run log</source>
        <translation>Filter des Laufprotokolls</translation>
    </message>
    <message>
        <source>Shows the lines whose kind or text has all these words. Escape shows all lines.</source>
        <translation>Zeigt die Zeilen, deren Art oder Text alle diese Wörter enthält. Escape zeigt alle Zeilen.</translation>
    </message>
    <message>
        <source>Jump to newest</source>
        <translation>Zum Neuesten springen</translation>
    </message>
    <message>
        <source>You have scrolled up, so the log stays where it is. Press to follow it again.</source>
        <translation>Es wurde hochgerollt, darum bleibt das Protokoll, wo es ist. Drücken folgt ihm wieder.</translation>
    </message>
    <message>
        <source>Run log</source>
        <translation>Laufprotokoll</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>The chosen line in full</source>
        <translation>Die gewählte Zeile ganz</translation>
    </message>
    <message>
        <source>1 line</source>
        <translation>1 Zeile</translation>
    </message>
    <message>
        <source>%1 lines</source>
        <translation>%1 Zeilen</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>log lines</comment>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>No line has these words.</source>
        <translation>Keine Zeile hat diese Wörter.</translation>
    </message>
    <message>
        <source>What happens in a run is told here, line by line: validations, texts that the model writes by itself, checkpoints, changed settings, and whatever needs a look.</source>
        <translation>Was in einem Lauf geschieht, wird hier Zeile für Zeile erzählt: Validierungen, Texte, die das Modell von selbst schreibt, Checkpoints, geänderte Einstellungen und alles, was einen Blick braucht.</translation>
    </message>
    <message>
        <source>Log of the run</source>
        <translation>Protokoll des Laufs</translation>
    </message>
    <message>
        <source>Lines that the filter lets through, of all that the run told.</source>
        <translation>Zeilen, die der Filter durchlässt, von allem, was der Lauf erzählt hat.</translation>
    </message>
    <message>
        <source>A double click, or Enter, shows the window as it was at the step of the line.</source>
        <translation>Ein Doppelklick oder die Eingabetaste zeigt das Fenster, wie es beim Schritt der Zeile war.</translation>
    </message>
    <message>
        <source>newest %1 of %2 lines</source>
        <translation>neueste %1 von %2 Zeilen</translation>
    </message>
    <message>
        <source>Older ones are not in memory any more: events.jsonl in the run&apos;s folder has them all.</source>
        <translation>Ältere sind nicht mehr im Speicher: events.jsonl im Ordner des Laufs hat sie alle.</translation>
    </message>
</context>
<context>
    <name>triptych::LongTextDialog</name>
    <message>
        <source>Read</source>
        <translation>Lesen</translation>
    </message>
    <message>
        <source>Long text</source>
        <translation>Langer Text</translation>
    </message>
    <message>
        <source>A text to be read with the newest weights: type, paste, or open a file.</source>
        <translation>Ein Text, der mit den neuesten Gewichten gelesen wird: tippen, einfügen oder eine Datei öffnen.</translation>
    </message>
    <message>
        <source>Open file…</source>
        <translation>Datei öffnen…</translation>
    </message>
    <message>
        <source>Take the text from a file</source>
        <translation>Den Text aus einer Datei nehmen</translation>
    </message>
    <message>
        <source>The run saves its weights, and the text is read with them beside the training.</source>
        <translation>Der Lauf speichert seine Gewichte, und der Text wird damit neben dem Training gelesen.</translation>
    </message>
    <message>
        <source>Text to read</source>
        <translation>Zu lesender Text</translation>
    </message>
    <message>
        <source>there is no such file</source>
        <translation>eine solche Datei gibt es nicht</translation>
    </message>
    <message>
        <source>%1 cannot be read: %2. Choose another file.</source>
        <translation>%1 lässt sich nicht lesen: %2. Eine andere Datei wählen.</translation>
    </message>
    <message>
        <source>%1 tokens; at most %2 are read</source>
        <translation>%1 Token; höchstens %2 werden gelesen</translation>
    </message>
    <message>
        <source>%1 tokens; this model has positions for %2</source>
        <translation>%1 Token; dieses Modell hat Positionen für %2</translation>
    </message>
    <message>
        <source>, the rest is cut</source>
        <translation>, der Rest wird abgeschnitten</translation>
    </message>
</context>
<context>
    <name>triptych::LongTextReading</name>
    <message>
        <source>Start or open a run: a long text is read with its weights.</source>
        <translation>Einen Lauf starten oder öffnen: ein langer Text wird mit seinen Gewichten gelesen.</translation>
    </message>
    <message>
        <source>This run has no folder, so its weights are never saved and cannot read.
Start one with Train, which gives it a folder.</source>
        <translation>Dieser Lauf hat keinen Ordner, also werden seine Gewichte nie gespeichert und können nicht lesen.
Mit Trainieren einen starten, der einen Ordner bekommt.</translation>
    </message>
    <message>
        <source>Long text: waits for the run to save its weights</source>
        <translation>Langer Text: wartet, bis der Lauf seine Gewichte speichert</translation>
    </message>
    <message>
        <source>Long text: %1. %2</source>
        <translation>Langer Text: %1. %2</translation>
    </message>
    <message>
        <source>Long text: loads the weights</source>
        <translation>Langer Text: lädt die Gewichte</translation>
    </message>
    <message>
        <source>Long text, cut to the first %1 of %2 tokens</source>
        <translation>Langer Text, abgeschnitten nach den ersten %1 von %2 Token</translation>
    </message>
    <message>
        <source>Long text, %1 tokens</source>
        <translation>Langer Text, %1 Token</translation>
    </message>
    <message>
        <source>weights of step %1</source>
        <translation>Gewichte von Schritt %1</translation>
    </message>
    <message>
        <source>%1 read</source>
        <translation>%1 gelesen</translation>
    </message>
    <message>
        <source>, </source>
        <translation>, </translation>
    </message>
    <message>
        <source>The run could not save its weights: %1</source>
        <translation>Der Lauf konnte seine Gewichte nicht speichern: %1</translation>
    </message>
</context>
<context>
    <name>triptych::LookList</name>
    <message>
        <source>What the token looks at most</source>
        <translation>Was das Token am meisten ansieht</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>a token and its share</comment>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>, </source>
        <translation>, </translation>
    </message>
</context>
<context>
    <name>triptych::MainWindow</name>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>New run ▾</source>
        <translation>Neuer Lauf ▾</translation>
    </message>
    <message>
        <source>Chooses model, data and balancing, and trains them (Ctrl+N)</source>
        <translation>Wählt Modell, Daten und Ausgleich und trainiert sie (Strg+N)</translation>
    </message>
    <message>
        <source>Folder of a run</source>
        <translation>Ordner eines Laufs</translation>
    </message>
    <message>
        <source>preparing</source>
        <translation>wird vorbereitet</translation>
    </message>
    <message>
        <source>training</source>
        <translation>trainiert</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>pausiert</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>gescheitert</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>%1 on %2, %3 – Triptych</source>
        <translation>%1 auf %2, %3 – Triptych</translation>
    </message>
    <message>
        <source>Triptych</source>
        <translation>Triptych</translation>
    </message>
    <message>
        <source>Saving the run – Triptych</source>
        <translation>Der Lauf wird gespeichert – Triptych</translation>
    </message>
    <message>
        <source>Layouts (*.json)</source>
        <translation>Anordnungen (*.json)</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;New run…</source>
        <translation>&amp;Neuer Lauf…</translation>
    </message>
    <message>
        <source>&amp;Open run…</source>
        <translation>Lauf ö&amp;ffnen…</translation>
    </message>
    <message>
        <source>&amp;Copy a link to this view</source>
        <translation>Link zu dieser Ansicht &amp;kopieren</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>&amp;Lauf</translation>
    </message>
    <message>
        <source>Training</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>&amp;Demo: a small model learns</source>
        <translation>&amp;Demo: ein kleines Modell lernt</translation>
    </message>
    <message>
        <source>Demo: without balancing the &amp;router collapses</source>
        <translation>Demo: ohne Ausgleich &amp;kollabiert der Router</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Ansicht</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>MoE alone</source>
        <translation>Nur MoE</translation>
    </message>
    <message>
        <source>MLA alone</source>
        <translation>Nur MLA</translation>
    </message>
    <message>
        <source>MTP alone</source>
        <translation>Nur MTP</translation>
    </message>
    <message>
        <source>Curves alone</source>
        <translation>Nur die Kurven</translation>
    </message>
    <message>
        <source>Pages at the bottom alone</source>
        <translation>Nur die Seiten unten</translation>
    </message>
    <message>
        <source>&amp;All of it</source>
        <translation>&amp;Alles</translation>
    </message>
    <message>
        <source>This card alone, and back</source>
        <translation>Nur diese Karte, und zurück</translation>
    </message>
    <message>
        <source>Next page of this place</source>
        <translation>Nächste Seite dieses Platzes</translation>
    </message>
    <message>
        <source>Page before</source>
        <translation>Seite davor</translation>
    </message>
    <message>
        <source>&amp;Presenter mode</source>
        <translation>&amp;Vortragsmodus</translation>
    </message>
    <message>
        <source>&amp;Full screen</source>
        <translation>Vo&amp;llbild</translation>
    </message>
    <message>
        <source>Presenter mode</source>
        <translation>Vortragsmodus</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>Verlassen</translation>
    </message>
    <message>
        <source>A frame back in time</source>
        <translation>Ein Bild zurück in der Zeit</translation>
    </message>
    <message>
        <source>A frame on</source>
        <translation>Ein Bild weiter</translation>
    </message>
    <message>
        <source>Layout</source>
        <translation>Anordnung</translation>
    </message>
    <message>
        <source>&amp;Undo the layout</source>
        <translation>Anordnung &amp;rückgängig</translation>
    </message>
    <message>
        <source>&amp;Redo the layout</source>
        <translation>Anordnung &amp;wiederholen</translation>
    </message>
    <message>
        <source>&amp;Layouts</source>
        <translation>An&amp;ordnungen</translation>
    </message>
    <message>
        <source>Layout %1</source>
        <translation>Anordnung %1</translation>
    </message>
    <message>
        <source>&amp;Keep this layout as…</source>
        <translation>Diese Anordnung &amp;behalten als…</translation>
    </message>
    <message>
        <source>&amp;Forget a layout…</source>
        <translation>Eine Anordnung &amp;vergessen…</translation>
    </message>
    <message>
        <source>&amp;Save to a file…</source>
        <translation>In eine Datei &amp;speichern…</translation>
    </message>
    <message>
        <source>&amp;Load from a file…</source>
        <translation>Aus einer Datei &amp;laden…</translation>
    </message>
    <message>
        <source>&amp;Type</source>
        <translation>Schri&amp;ft</translation>
    </message>
    <message>
        <source>Type and look</source>
        <translation>Schrift und Aussehen</translation>
    </message>
    <message>
        <source>Type by the width of the window</source>
        <translation>Schrift nach der Fensterbreite</translation>
    </message>
    <message>
        <source>Type at %1</source>
        <translation>Schrift %1</translation>
    </message>
    <message>
        <source>Look of the &amp;system</source>
        <translation>Aussehen des S&amp;ystems</translation>
    </message>
    <message>
        <source>L&amp;ight look</source>
        <translation>&amp;Helles Aussehen</translation>
    </message>
    <message>
        <source>&amp;Dark look</source>
        <translation>&amp;Dunkles Aussehen</translation>
    </message>
    <message>
        <source>Selection</source>
        <translation>Auswahl</translation>
    </message>
    <message>
        <source>&amp;Selection</source>
        <translation>A&amp;uswahl</translation>
    </message>
    <message>
        <source>Layer before</source>
        <translation>Schicht davor</translation>
    </message>
    <message>
        <source>Layer after</source>
        <translation>Schicht danach</translation>
    </message>
    <message>
        <source>Expert (in the MoE wing) or head before</source>
        <translation>Experte (im MoE-Flügel) oder Kopf davor</translation>
    </message>
    <message>
        <source>Expert (in the MoE wing) or head after</source>
        <translation>Experte (im MoE-Flügel) oder Kopf danach</translation>
    </message>
    <message>
        <source>&amp;Panels</source>
        <translation>&amp;Seiten</translation>
    </message>
    <message>
        <source>Panels</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>This page into a &amp;window, and back</source>
        <translation>Diese Seite in ein &amp;Fenster, und zurück</translation>
    </message>
    <message>
        <source>&amp;Move this page to</source>
        <translation>Diese Seite &amp;verschieben nach</translation>
    </message>
    <message>
        <source>Move this page: %1</source>
        <translation>Diese Seite verschieben: %1</translation>
    </message>
    <message>
        <source>&amp;Hide this page</source>
        <translation>Diese Seite ver&amp;bergen</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;Find anything…</source>
        <translation>Alles &amp;finden…</translation>
    </message>
    <message>
        <source>&amp;Keys…</source>
        <translation>&amp;Tasten…</translation>
    </message>
    <message>
        <source>&amp;About Triptych</source>
        <translation>Über Triptyc&amp;h</translation>
    </message>
    <message>
        <source>About Triptych</source>
        <translation>Über Triptych</translation>
    </message>
    <message>
        <source>&lt;h3&gt;Triptych&lt;/h3&gt;&lt;p&gt;Trains small models of DeepSeek-V3&apos;s architecture and shows its three ideas while they learn: mixture of experts, multi-head latent attention, multi-token prediction. And what it costs, by two ledgers.&lt;/p&gt;&lt;p&gt;Free software under the GNU General Public License, version 3 or later. Triptych is an independent program; DeepSeek has nothing to do with it.&lt;/p&gt;</source>
        <translation>&lt;h3&gt;Triptych&lt;/h3&gt;&lt;p&gt;Trainiert kleine Modelle mit der Architektur von DeepSeek-V3 und zeigt ihre drei Ideen, während sie lernen: Mixture of Experts, Multi-head Latent Attention, Multi-Token Prediction. Und was es kostet, in zwei Rechnungen.&lt;/p&gt;&lt;p&gt;Freie Software unter der GNU General Public License, Version 3 oder später. Triptych ist ein unabhängiges Programm; DeepSeek hat nichts damit zu tun.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Keep this layout</source>
        <translation>Diese Anordnung behalten</translation>
    </message>
    <message>
        <source>Its name:</source>
        <translation>Ihr Name:</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is the name of a layout of the program</source>
        <translation>„%1“ ist der Name einer Anordnung des Programms</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>Einen anderen Namen wählen.</translation>
    </message>
    <message>
        <source>Forget a layout</source>
        <translation>Eine Anordnung vergessen</translation>
    </message>
    <message>
        <source>Which one:</source>
        <translation>Welche:</translation>
    </message>
    <message>
        <source>Save the layout</source>
        <translation>Anordnung speichern</translation>
    </message>
    <message>
        <source>Load a layout</source>
        <translation>Anordnung laden</translation>
    </message>
    <message>
        <source>Alert</source>
        <translation>Alarm</translation>
    </message>
    <message>
        <source>step %1: %2</source>
        <translation>Schritt %1: %2</translation>
    </message>
    <message>
        <source>Metric</source>
        <translation>Messwert</translation>
    </message>
    <message>
        <source>Choose %1</source>
        <translation>Wählen: %1</translation>
    </message>
    <message>
        <source>La&amp;nguage</source>
        <translation>Spra&amp;che</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>&amp;Export this card…</source>
        <translation>Diese Karte &amp;exportieren…</translation>
    </message>
    <message>
        <source>This card as a table, and back</source>
        <translation>Diese Karte als Tabelle, und zurück</translation>
    </message>
    <message>
        <source>&amp;Motion</source>
        <translation>&amp;Bewegung</translation>
    </message>
    <message>
        <source>Nothing blinks, slides or fades, and curves are drawn once a second. Numbers, bars and maps still change with the steps of a training; what a hand moves is drawn at once.</source>
        <translation>Nichts blinkt, gleitet oder blendet über, und Kurven werden einmal in der Sekunde gezeichnet. Zahlen, Balken und Karten ändern sich weiter mit den Schritten eines Trainings; was eine Hand bewegt, wird sofort gezeichnet.</translation>
    </message>
    <message>
        <source>Motion as the &amp;desktop asks</source>
        <translation>Bewegung, wie der &amp;Desktop es verlangt</translation>
    </message>
    <message>
        <source>&amp;Full motion</source>
        <translation>&amp;Volle Bewegung</translation>
    </message>
    <message>
        <source>Cursors blink, and curves are drawn up to 60 times a second.</source>
        <translation>Schreibmarken blinken, und Kurven werden bis zu 60-mal in der Sekunde gezeichnet.</translation>
    </message>
    <message>
        <source>&amp;Reduced motion</source>
        <translation>Weniger &amp;Bewegung</translation>
    </message>
    <message>
        <source>The desktop asks for reduced motion. %1</source>
        <translation>Der Desktop verlangt weniger Bewegung. %1</translation>
    </message>
    <message>
        <source>The desktop does not ask for reduced motion.</source>
        <translation>Der Desktop verlangt nicht weniger Bewegung.</translation>
    </message>
    <message>
        <source>trained by %1</source>
        <comment>a process</comment>
        <translation>wird von %1 trainiert</translation>
    </message>
    <message>
        <source>reading the probe text …</source>
        <translation>der Probetext wird gelesen …</translation>
    </message>
    <message>
        <source>reading %1 …</source>
        <translation>%1 wird gelesen …</translation>
    </message>
    <message>
        <source>copied: %1</source>
        <translation>kopiert: %1</translation>
    </message>
    <message>
        <source>Add curves: %1</source>
        <translation>Kurven hinzufügen: %1</translation>
    </message>
    <message>
        <source>Export &amp;report…</source>
        <translation>Be&amp;richt exportieren…</translation>
    </message>
    <message>
        <source>All about the run that is shown, or a comparison, as PDF, HTML, CSV or JSON. It may go on training meanwhile.</source>
        <translation>Alles über den gezeigten Lauf oder einen Vergleich, als PDF, HTML, CSV oder JSON. Er darf währenddessen weiter trainieren.</translation>
    </message>
    <message>
        <source>There is no run to report: start one (Ctrl+N) or open one (Ctrl+O).</source>
        <translation>Es gibt keinen Lauf, über den zu berichten wäre: Starten Sie einen (Strg+N) oder öffnen Sie einen (Strg+O).</translation>
    </message>
    <message>
        <source>Sessions (*.json)</source>
        <translation>Sitzungen (*.json)</translation>
    </message>
    <message>
        <source>&amp;Save this session…</source>
        <translation>Sit&amp;zung speichern…</translation>
    </message>
    <message>
        <source>Save what this window shows</source>
        <translation>Was dieses Fenster zeigt, speichern</translation>
    </message>
    <message>
        <source>Open a sess&amp;ion…</source>
        <translation>S&amp;itzung öffnen…</translation>
    </message>
    <message>
        <source>Show what a window showed</source>
        <translation>Zeigen, was ein Fenster zeigte</translation>
    </message>
    <message>
        <source>Layout of a session</source>
        <translation>Anordnung einer Sitzung</translation>
    </message>
    <message>
        <source>The run is in the list now.</source>
        <translation>Der Lauf steht jetzt in der Liste.</translation>
    </message>
    <message>
        <source>%1 runs are in the list now.</source>
        <translation>%1 Läufe stehen jetzt in der Liste.</translation>
    </message>
</context>
<context>
    <name>triptych::MemoryPanel</name>
    <message>
        <source>Time by op</source>
        <translation>Zeit nach Op</translation>
    </message>
    <message>
        <source>Memory by what it is for</source>
        <translation>Speicher nach seinem Zweck</translation>
    </message>
    <message>
        <source>Parts of the chosen memory</source>
        <translation>Teile des gewählten Speichers</translation>
    </message>
    <message>
        <source>ms / step</source>
        <translation>ms / Schritt</translation>
    </message>
    <message>
        <source>GFLOP/s</source>
        <translation>GFLOP/s</translation>
    </message>
    <message>
        <source>of peak</source>
        <translation>vom Maximum</translation>
    </message>
    <message>
        <source>Here you will see what the memory of a training is for: weights, gradients, moments, activations, scratch.
Start or open a run.</source>
        <translation>Hier wird zu sehen sein, wozu der Speicher eines Trainings da ist: Gewichte, Gradienten, Momente, Aktivierungen, Zwischenraum.
Einen Lauf starten oder öffnen.</translation>
    </message>
    <message>
        <source>%1: %2 parts</source>
        <comment>of a memory region</comment>
        <translation>%1: %2 Teile</translation>
    </message>
    <message>
        <source>planned %1</source>
        <translation>geplant %1</translation>
    </message>
    <message>
        <source>planned %1, held %2</source>
        <translation>geplant %1, belegt %2</translation>
    </message>
    <message>
        <source>Memory is planned before the first step and taken once; a step takes no more.
Held is what was taken from the system: the plan, and less than 64 bytes between two buffers.
Texts, recorded curves and the window are not in it.</source>
        <translation>Der Speicher wird vor dem ersten Schritt geplant und einmal genommen; ein Schritt nimmt keinen mehr.
Belegt ist, was vom System genommen wurde: der Plan und weniger als 64 Bytes zwischen zwei Puffern.
Texte, aufgezeichnete Kurven und das Fenster sind nicht darin.</translation>
    </message>
    <message>
        <source>Memory of the run, part by part</source>
        <translation>Speicher des Laufs, Teil für Teil</translation>
    </message>
    <message>
        <source>memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>part</source>
        <translation>Teil</translation>
    </message>
    <message>
        <source>type</source>
        <translation>Typ</translation>
    </message>
    <message>
        <source>shape</source>
        <translation>Form</translation>
    </message>
    <message>
        <source>first byte</source>
        <translation>erstes Byte</translation>
    </message>
    <message>
        <source>bytes</source>
        <translation>Bytes</translation>
    </message>
    <message>
        <source>Time by op, step %1</source>
        <translation>Zeit nach Op, Schritt %1</translation>
    </message>
    <message>
        <source>op</source>
        <translation>Op</translation>
    </message>
    <message>
        <source>calls / step</source>
        <translation>Aufrufe / Schritt</translation>
    </message>
    <message>
        <source>share of the step</source>
        <translation>Anteil am Schritt</translation>
    </message>
    <message>
        <source>GB/s</source>
        <translation>GB/s</translation>
    </message>
    <message>
        <source>What the training of this run is planned for, by its settings. Nothing of it is held here: the run
is read from its folder.</source>
        <translation>Wofür das Training dieses Laufs nach seinen Einstellungen geplant ist. Hier ist nichts davon belegt: Der Lauf
wird aus seinem Ordner gelesen.</translation>
    </message>
    <message>
        <source>share of the peak</source>
        <translation>Anteil am Maximum</translation>
    </message>
    <message>
        <source>No time by op was kept before step %1.</source>
        <translation>Vor Schritt %1 wurde keine Zeit nach Op aufgehoben.</translation>
    </message>
    <message>
        <source>Time by op appears with the next steps: one step in five is observed.</source>
        <translation>Die Zeit nach Op erscheint mit den nächsten Schritten: jeder fünfte Schritt wird beobachtet.</translation>
    </message>
    <message>
        <source>Here you will see how long each op of a step takes, and how near it comes to the peak of this machine.
It is observed while a run trains, and kept in its history; runs of older versions have none. &quot;triptych bench train&quot; measures it at any time.</source>
        <translation>Hier wird zu sehen sein, wie lange jede Op eines Schritts dauert und wie nah sie dem Maximum dieser Maschine kommt.
Beobachtet wird, während ein Lauf trainiert, und seine Aufzeichnung hebt es auf; Läufe älterer Versionen haben keine. „triptych bench train“ misst es jederzeit.</translation>
    </message>
    <message>
        <source>as at step %1: %2 ms, peak %3 GFLOP/s</source>
        <translation>Stand: Schritt %1, %2 ms, Maximum %3 GFLOP/s</translation>
    </message>
    <message>
        <source>step %1: %2 ms, peak %3 GFLOP/s</source>
        <translation>Schritt %1: %2 ms, Maximum %3 GFLOP/s</translation>
    </message>
    <message>
        <source>, memory %1 GB/s</source>
        <translation>, Speicher %1 GB/s</translation>
    </message>
    <message>
        <source>The step of median length among the last seven that were observed, one in five.
The peak is the best matrix product, the memory&apos;s speed that of reading 256 MiB (once this page was open), both measured where the run trained.</source>
        <translation>Der Schritt mittlerer Länge unter den letzten sieben beobachteten, jeder fünfte.
Das Maximum ist das beste Matrixprodukt, die Geschwindigkeit des Speichers die beim Lesen von 256 MiB (sobald diese Seite offen war), beide dort gemessen, wo der Lauf trainierte.</translation>
    </message>
    <message>
        <source>Frames are kept at some steps only; this is the newest one at or before step %1.</source>
        <translation>Bilder werden nur von einigen Schritten aufgehoben; dies ist das neueste bei oder vor Schritt %1.</translation>
    </message>
</context>
<context>
    <name>triptych::MessageStrip</name>
    <message>
        <source>Close this message</source>
        <translation>Diese Meldung schließen</translation>
    </message>
</context>
<context>
    <name>triptych::MeterPanel</name>
    <message>
        <source>Here you will see what the run costs while it trains: an hour of it, a million tokens, the way to its end, and where its time went, at prices of your own.
Start or open a run.</source>
        <translation>Hier werden Sie sehen, was der Lauf kostet, während er trainiert: eine Stunde davon, eine Million Token, der Weg bis zum Ende und wohin seine Zeit ging, zu Ihren eigenen Preisen.
Starten oder öffnen Sie einen Lauf.</translation>
    </message>
    <message>
        <source>Prices of this machine</source>
        <translation>Preise dieses Rechners</translation>
    </message>
    <message>
        <source>As if rented: %1</source>
        <translation>Als wäre gemietet: %1</translation>
    </message>
    <message>
        <source>Prices to count with</source>
        <translation>Preise, mit denen gerechnet wird</translation>
    </message>
    <message>
        <source>At which prices the run&apos;s device-hours are counted. The whole history is counted anew; nothing is trained again.</source>
        <translation>Zu welchen Preisen die Gerätestunden des Laufs gerechnet werden. Der ganze Verlauf wird neu berechnet; nichts wird noch einmal trainiert.</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Gives the chosen price back what its source says.</source>
        <translation>Gibt dem gewählten Preis zurück, was seine Quelle sagt.</translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation>Alle zurücksetzen</translation>
    </message>
    <message>
        <source>Gives every price back what its source says.</source>
        <translation>Gibt jedem Preis zurück, was seine Quelle sagt.</translation>
    </message>
    <message>
        <source>Prices and quantities, with their sources</source>
        <translation>Preise und Mengen mit ihren Quellen</translation>
    </message>
    <message>
        <source>What the run costs</source>
        <translation>Was der Lauf kostet</translation>
    </message>
    <message>
        <source>Where the time of the run went, and what it cost</source>
        <translation>Wohin die Zeit des Laufs ging und was sie kostete</translation>
    </message>
    <message>
        <source>headline</source>
        <translation>Schlagzeile</translation>
    </message>
    <message>
        <source>full cost</source>
        <translation>Vollkosten</translation>
    </message>
    <message>
        <source>time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>share</source>
        <translation>Anteil</translation>
    </message>
    <message>
        <source>so far</source>
        <translation>bisher</translation>
    </message>
    <message>
        <source>Device-hours of the run × price of an hour: each second once, over all its sessions.</source>
        <translation>Gerätestunden des Laufs × Preis einer Stunde: jede Sekunde einmal, über alle seine Sitzungen.</translation>
    </message>
    <message>
        <source>an hour of training</source>
        <translation>eine Stunde Training</translation>
    </message>
    <message>
        <source>Burn rate: what is paid for each hour that the device works on the run.</source>
        <translation>Laufende Kosten: was für jede Stunde bezahlt wird, die das Gerät an dem Lauf arbeitet.</translation>
    </message>
    <message>
        <source>a million tokens</source>
        <translation>eine Million Token</translation>
    </message>
    <message>
        <source>Of the last 200 steps.</source>
        <translation>Der letzten 200 Schritte.</translation>
    </message>
    <message>
        <source>0.01 nat of loss</source>
        <translation>0,01 nat Verlust</translation>
    </message>
    <message>
        <source>Price of an hour ÷ how fast the loss falls, by the line of least squares through the last 200 steps. Nothing while it does not fall.</source>
        <translation>Preis einer Stunde ÷ wie schnell der Verlust sinkt, nach der Ausgleichsgeraden durch die letzten 200 Schritte. Nichts, solange er nicht sinkt.</translation>
    </message>
    <message>
        <source>at the end of the plan</source>
        <translation>am Ende des Plans</translation>
    </message>
    <message>
        <source>What is paid so far, and the steps still to come at the pace of the median of the last 200.</source>
        <translation>Was bisher bezahlt ist, und die noch kommenden Schritte im Tempo des Medians der letzten 200.</translation>
    </message>
    <message>
        <source>at the least</source>
        <translation>wenigstens</translation>
    </message>
    <message>
        <source>The same, if every step to come is as quick as the quickest 5 % of the last 200.</source>
        <translation>Dasselbe, wenn jeder kommende Schritt so schnell ist wie die schnellsten 5 % der letzten 200.</translation>
    </message>
    <message>
        <source>at the most</source>
        <translation>höchstens</translation>
    </message>
    <message>
        <source>The same, if every step to come is as slow as the slowest 5 % of the last 200.</source>
        <translation>Dasselbe, wenn jeder kommende Schritt so langsam ist wie die langsamsten 5 % der letzten 200.</translation>
    </message>
    <message>
        <source>Power is part of the full cost: power × PUE × electricity price.</source>
        <translation>Die Leistung ist Teil der Vollkosten: Leistung × PUE × Strompreis.</translation>
    </message>
    <message>
        <source>Power: %1 W, set by you</source>
        <translation>Leistung: %1 W, von Ihnen gesetzt</translation>
    </message>
    <message>
        <source>Power: in the rental price</source>
        <translation>Leistung: im Mietpreis enthalten</translation>
    </message>
    <message>
        <source>Power: %1 W, measured by the counters of the machine itself (RAPL, NVML)</source>
        <translation>Leistung: %1 W, gemessen von den Zählern des Rechners selbst (RAPL, NVML)</translation>
    </message>
    <message>
        <source>Power: estimated by threads; this system lets nobody measure it. Set it by hand as a meter shows it.</source>
        <translation>Leistung: nach Threads geschätzt; dieses System lässt niemanden messen. Setzen Sie sie von Hand, wie ein Messgerät sie zeigt.</translation>
    </message>
    <message>
        <source>steps that stand</source>
        <translation>Schritte, die bleiben</translation>
    </message>
    <message>
        <source>checkpoints</source>
        <translation>Checkpoints</translation>
    </message>
    <message>
        <source>validations</source>
        <translation>Validierungen</translation>
    </message>
    <message>
        <source>between steps</source>
        <translation>zwischen Schritten</translation>
    </message>
    <message>
        <source>starts</source>
        <translation>Starts</translation>
    </message>
    <message>
        <source>steps made twice</source>
        <translation>doppelt gemachte Schritte</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>Goodput %1: the share of the time for steps that stand</source>
        <translation>Goodput %1: der Anteil der Zeit für Schritte, die bleiben</translation>
    </message>
    <message>
        <source>This run kept no account of its time.</source>
        <translation>Dieser Lauf hat über seine Zeit nicht Buch geführt.</translation>
    </message>
    <message>
        <source>Productive time ÷ all time of the run but pauses. Whoever rents or owns a device pays for all of it.</source>
        <translation>Produktive Zeit ÷ alle Zeit des Laufs ohne Pausen. Wer ein Gerät mietet oder besitzt, bezahlt sie ganz.</translation>
    </message>
    <message>
        <source>amount</source>
        <translation>Betrag</translation>
    </message>
    <message>
        <source>headline (USD)</source>
        <translation>Schlagzeile (USD)</translation>
    </message>
    <message>
        <source>full cost (USD)</source>
        <translation>Vollkosten (USD)</translation>
    </message>
    <message>
        <source>Where the time of the run went</source>
        <translation>Wohin die Zeit des Laufs ging</translation>
    </message>
    <message>
        <source>use</source>
        <translation>Verwendung</translation>
    </message>
    <message>
        <source>time (s)</source>
        <translation>Zeit (s)</translation>
    </message>
    <message>
        <source>Prices, with their sources</source>
        <translation>Preise mit ihren Quellen</translation>
    </message>
    <message>
        <source>Figures of the meter</source>
        <translation>Zahlen des Zählers</translation>
    </message>
    <message>
        <source>%1 – %2: %3</source>
        <comment>name of a column, what it counts, what is in it</comment>
        <translation>%1 – %2: %3</translation>
    </message>
    <message>
        <source>Left out by you: %1</source>
        <translation>Von Ihnen weggelassen: %1</translation>
    </message>
    <message>
        <source>Steps of the ledger that you left out on the page of the gap. &quot;Reset all&quot; brings them back.</source>
        <translation>Schritte der Rechnung, die Sie auf der Seite der Kluft weggelassen haben. „Alle zurücksetzen“ bringt sie wieder.</translation>
    </message>
    <message>
        <source>share of the time</source>
        <translation>Anteil an der Zeit</translation>
    </message>
</context>
<context>
    <name>triptych::MoeDomainsPanel</name>
    <message>
        <source>Of all choices that tokens of a domain made in this layer, the share that went to the expert, over an even share;
smoothed over 20 steps. Above 1 the expert is a specialist of that domain.</source>
        <translation>Von allen Wahlen, die Token einer Domäne in dieser Schicht trafen, der Anteil für den Experten, durch einen gleichmäßigen Anteil;
über 20 Schritte geglättet. Über 1 ist der Experte ein Spezialist dieser Domäne.</translation>
    </message>
    <message>
        <source>expert</source>
        <translation>Experte</translation>
    </message>
    <message>
        <source>Share of each expert in the choices of a domain, over an even share</source>
        <translation>Anteil jedes Experten an den Wahlen einer Domäne, durch einen gleichmäßigen Anteil</translation>
    </message>
    <message>
        <source>The most special experts of each domain</source>
        <translation>Die speziellsten Experten jeder Domäne</translation>
    </message>
    <message>
        <source>The experts that a domain&apos;s tokens choose most, with their share over an even one.
The line is at 1; choosing a row chooses its first expert.</source>
        <translation>Die Experten, die die Token einer Domäne am meisten wählen, mit ihrem Anteil durch einen gleichmäßigen.
Die Linie ist bei 1; eine Zeile zu wählen wählt ihren ersten Experten.</translation>
    </message>
    <message>
        <source>This model has no experts: every layer is dense.</source>
        <translation>Dieses Modell hat keine Experten: jede Schicht ist dicht.</translation>
    </message>
    <message>
        <source>The data of this run have one domain only.
With built-in texts, or several files or folders as data, you see here which experts become specialists of which.</source>
        <translation>Die Daten dieses Laufs haben nur eine Domäne.
Mit eingebauten Texten oder mehreren Dateien oder Ordnern als Daten ist hier zu sehen, welche Experten Spezialisten wofür werden.</translation>
    </message>
    <message>
        <source>The history of this run has no domains at this step: it was recorded without one.
Train it on (Run, Go on), and the next steps show them here.</source>
        <translation>Die Aufzeichnung dieses Laufs hat bei diesem Schritt keine Domänen: sie wurde ohne gemacht.
Weitertrainieren (Lauf, Weiter), und die nächsten Schritte zeigen sie hier.</translation>
    </message>
    <message>
        <source>Which experts become specialists of which domain appears here with the first training steps:
a row for each domain, orange where its tokens go more often than by chance.</source>
        <translation>Welche Experten Spezialisten welcher Domäne werden, erscheint hier mit den ersten Trainingsschritten:
eine Zeile je Domäne, orange, wo ihre Token öfter hingehen als durch Zufall.</translation>
    </message>
    <message>
        <source>%1: no token seen yet</source>
        <translation>%1: noch kein Token gesehen</translation>
    </message>
    <message>
        <source>%1 sends %2 of its choices to expert %3: %4 × an even share</source>
        <translation>%1 schickt %2 seiner Wahlen zu Experte %3: %4 × gleichmäßiger Anteil</translation>
    </message>
    <message>
        <source>%1 (%2×)</source>
        <comment>an expert and its share over an even one</comment>
        <translation>%1 (%2×)</translation>
    </message>
    <message>
        <source>, </source>
        <translation>, </translation>
    </message>
    <message>
        <source>%1 goes most to experts %2</source>
        <translation>%1 geht am meisten zu den Experten %2</translation>
    </message>
    <message>
        <source>Choices of each domain, step %1</source>
        <translation>Wahlen jeder Domäne, Schritt %1</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>domain</source>
        <translation>Domäne</translation>
    </message>
    <message>
        <source>share of the domain&apos;s choices</source>
        <translation>Anteil an den Wahlen der Domäne</translation>
    </message>
    <message>
        <source>share / even share</source>
        <translation>Anteil / gleichmäßiger Anteil</translation>
    </message>
</context>
<context>
    <name>triptych::MoeGroupsPanel</name>
    <message>
        <source>Each token first chooses groups, by the sum of the two best scores in them, then its experts within those:
on several nodes, a token is so sent to few of them (DeepSeek-V3 report, section 2.1.2). Smoothed over 20 steps.</source>
        <translation>Jedes Token wählt zuerst Gruppen, nach der Summe der zwei besten Werte darin, dann seine Experten in ihnen:
auf mehreren Knoten wird ein Token so an wenige geschickt (Bericht zu DeepSeek-V3, Abschnitt 2.1.2). Über 20 Schritte geglättet.</translation>
    </message>
    <message>
        <source>The experts of this model have no groups (n_group = 1): a token may choose any of them.</source>
        <translation>Die Experten dieses Modells haben keine Gruppen (n_group = 1): ein Token darf jeden wählen.</translation>
    </message>
    <message>
        <source>group</source>
        <translation>Gruppe</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>Share of tokens that choose in each group, over an even share, by layer</source>
        <translation>Anteil der Token, die in jeder Gruppe wählen, durch einen gleichmäßigen Anteil, nach Schicht</translation>
    </message>
    <message>
        <source>This model has no experts: every layer is dense.</source>
        <translation>Dieses Modell hat keine Experten: jede Schicht ist dicht.</translation>
    </message>
    <message>
        <source>How tokens choose among groups of experts appears here with the first training step, and what the experts of a layer would be on several GPUs.</source>
        <translation>Wie Token unter Gruppen von Experten wählen, erscheint hier mit dem ersten Trainingsschritt, und was die Experten einer Schicht auf mehreren GPUs wären.</translation>
    </message>
    <message>
        <source>Group %1 of layer %2: experts %3 to %4, load / mean</source>
        <translation>Gruppe %1 von Schicht %2: Experten %3 bis %4, Last / Mittel</translation>
    </message>
    <message>
        <source>%1, group %2: %3 × an even share of the choices</source>
        <translation>%1, Gruppe %2: %3 × gleichmäßiger Anteil der Wahlen</translation>
    </message>
    <message>
        <source>%1, group %2: %3 of the tokens, %4 × an even share</source>
        <translation>%1, Gruppe %2: %3 der Token, %4 × gleichmäßiger Anteil</translation>
    </message>
    <message>
        <source>Choice of groups, step %1</source>
        <translation>Wahl der Gruppen, Schritt %1</translation>
    </message>
    <message>
        <source>share of the tokens</source>
        <translation>Anteil der Token</translation>
    </message>
    <message>
        <source>share / even share</source>
        <translation>Anteil / gleichmäßiger Anteil</translation>
    </message>
    <message>
        <source>Load by group, step %1</source>
        <translation>Last nach Gruppe, Schritt %1</translation>
    </message>
    <message>
        <source>expert</source>
        <translation>Experte</translation>
    </message>
    <message>
        <source>load / mean (20 steps)</source>
        <translation>Last / Mittel (20 Schritte)</translation>
    </message>
    <message>
        <source>Load of an expert over the mean load of all experts of the layer, smoothed over 20 steps; 1 is fair.</source>
        <translation>Last eines Experten durch die mittlere Last aller Experten der Schicht, geglättet über 20 Schritte; 1 ist gerecht.</translation>
    </message>
    <message>
        <source>Layer %1 on several GPUs, %2 copies of experts</source>
        <translation>Schicht %1 auf mehreren GPUs, %2 Kopien von Experten</translation>
    </message>
    <message>
        <source>GPU</source>
        <translation>GPU</translation>
    </message>
    <message>
        <source>in order, load / mean</source>
        <translation>der Reihe nach, Last / Mittel</translation>
    </message>
    <message>
        <source>packed, load / mean</source>
        <translation>gepackt, Last / Mittel</translation>
    </message>
    <message>
        <source>node</source>
        <translation>Knoten</translation>
    </message>
</context>
<context>
    <name>triptych::MoeHistoryPanel</name>
    <message>
        <source>Switch the chosen expert off, or on again</source>
        <translation>Den gewählten Experten abschalten oder wieder einschalten</translation>
    </message>
    <message>
        <source>To the bias of the chosen expert</source>
        <translation>Zum Bias des gewählten Experten</translation>
    </message>
    <message>
        <source>History and bias</source>
        <translation>Verlauf und Bias</translation>
    </message>
    <message>
        <source>load / mean load</source>
        <translation>Last / mittlere Last</translation>
    </message>
    <message>
        <source>selection bias</source>
        <translation>Auswahl-Bias</translation>
    </message>
    <message>
        <source>The bias b that is added to the score of an expert where experts are chosen, and nowhere else; γ × sign(mean load − load) after every step (DeepSeek-V3 report, section 2.1.2).</source>
        <translation>Der Bias b, der dort zum Wert eines Experten addiert wird, wo Experten gewählt werden, und nirgends sonst; γ × sign(mittlere Last − Last) nach jedem Schritt (Bericht zu DeepSeek-V3, Abschnitt 2.1.2).</translation>
    </message>
    <message>
        <source>Router saturation: the share of a step&apos;s routes of the probe text that the newest step still has (OLMoE, arXiv 2409.02060, section 5.1).</source>
        <translation>Sättigung des Routers: der Anteil der Wege des Prüftexts in einem Schritt, die der neueste Schritt noch hat (OLMoE, arXiv 2409.02060, Abschnitt 5.1).</translation>
    </message>
    <message>
        <source>This model has no experts: every layer is dense.</source>
        <translation>Dieses Modell hat keine Experten: jede Schicht ist dicht.</translation>
    </message>
    <message>
        <source>The load and the bias of chosen experts over the steps appear here with the first training step, and what a hand may change of them: bias, on and off, forced balance.</source>
        <translation>Last und Bias gewählter Experten über den Schritten erscheinen hier mit dem ersten Trainingsschritt, und was eine Hand daran ändern kann: Bias, an und aus, erzwungenes Gleichgewicht.</translation>
    </message>
    <message>
        <source>chosen: %1</source>
        <translation>gewählt: %1</translation>
    </message>
    <message>
        <source>busiest %1, idlest %2</source>
        <translation>meiste Last %1, wenigste %2</translation>
    </message>
    <message>
        <source>%1 (reading the history)</source>
        <translation>%1 (der Verlauf wird gelesen)</translation>
    </message>
    <message>
        <source>routes that the newest step still has; of step %1: %2</source>
        <translation>Wege, die der neueste Schritt noch hat; von Schritt %1: %2</translation>
    </message>
    <message>
        <source>Load over the mean load of the layer, smoothed over 20 steps; 1 is fair. Dotted: changes of the election.
A run keeps the loads of some of its steps, at the right is of how many; crosses: no finite number.
A click shows the step in the whole window, its right end is live.</source>
        <translation>Last durch die mittlere Last der Schicht, geglättet über 20 Schritte; 1 ist gerecht. Gepunktet: Eingriffe in die Auswahl.
Ein Lauf behält die Lasten einiger seiner Schritte, rechts steht, von wie vielen; Kreuze: keine endliche Zahl.
Ein Klick zeigt den Schritt im ganzen Fenster, das rechte Ende ist live.</translation>
    </message>
    <message>
        <source>%1 of %2 steps</source>
        <comment>so many of the steps are drawn</comment>
        <translation>%1 von %2 Schritten</translation>
    </message>
    <message>
        <source>step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>Experts of %1 over the steps</source>
        <translation>Experten von %1 über den Schritten</translation>
    </message>
    <message>
        <source>All experts of %1, step %2</source>
        <translation>Alle Experten von %1, Schritt %2</translation>
    </message>
    <message>
        <source>expert</source>
        <translation>Experte</translation>
    </message>
    <message>
        <source>load / mean (20 steps)</source>
        <translation>Last / Mittel (20 Schritte)</translation>
    </message>
    <message>
        <source>Routes of %1 that stayed</source>
        <translation>Wege von %1, die blieben</translation>
    </message>
    <message>
        <source>share of its routes that the newest step still has</source>
        <translation>Anteil seiner Wege, die der neueste Schritt noch hat</translation>
    </message>
    <message>
        <source>routes that the newest step still has: here with the second look at the probe text</source>
        <translation>Wege, die der neueste Schritt noch hat: hier mit dem zweiten Blick auf den Prüftext</translation>
    </message>
    <message>
        <source>Up to eight experts can be chosen, in one layer or in several: by drawing over the map, its edges or the bars of the load page, or with Ctrl and clicks.</source>
        <translation>Bis zu acht Experten lassen sich wählen, in einer Schicht oder in mehreren: durch Ziehen über die Karte, ihre Ränder oder die Balken der Lastseite, oder mit Strg und Klicks.</translation>
    </message>
    <message>
        <source>%1 of %2 chosen, the most there can be: %3</source>
        <translation>%1 von %2 gewählt, mehr geht nicht: %3</translation>
    </message>
    <message>
        <source>%1: load / mean (20 steps)</source>
        <comment>an expert</comment>
        <translation>%1: Last / Mittel (20 Schritte)</translation>
    </message>
    <message>
        <source>%1: selection bias</source>
        <comment>an expert</comment>
        <translation>%1: Auswahl-Bias</translation>
    </message>
</context>
<context>
    <name>triptych::MoePairsPanel</name>
    <message>
        <source>Lift of a pair: tokens that choose both experts, over how many would by chance, given how often each is chosen;
for even loads P(i, j) / (P(i) P(j) (K − 1) E / (K (E − 1))). 1: as by chance, 2: twice as often.
Counted in every %1th step, those of the last 130 steps for most.</source>
        <translation>Lift eines Paars: Token, die beide Experten wählen, durch die, die es zufällig täten, nach der Häufigkeit jedes der beiden;
bei gleichmäßigen Lasten P(i, j) / (P(i) P(j) (K − 1) E / (K (E − 1))). 1: wie durch Zufall, 2: doppelt so oft.
Gezählt in jedem %1. Schritt, höchstens die der letzten 130 Schritte.</translation>
    </message>
    <message>
        <source>expert</source>
        <translation>Experte</translation>
    </message>
    <message>
        <source>Lift of each pair of experts over chance</source>
        <translation>Lift jedes Paars von Experten über dem Zufall</translation>
    </message>
    <message>
        <source>This model has no experts: every layer is dense.</source>
        <translation>Dieses Modell hat keine Experten: jede Schicht ist dicht.</translation>
    </message>
    <message>
        <source>Every token goes to one expert in this model, so there are no pairs.</source>
        <translation>Jedes Token geht in diesem Modell zu einem Experten, also gibt es keine Paare.</translation>
    </message>
    <message>
        <source>The history of this run has no pairs of experts at this step.
Runs with a folder record them from now on: train it on (Run, Go on), and the next steps show them here.</source>
        <translation>Die Aufzeichnung dieses Laufs hat bei diesem Schritt keine Expertenpaare.
Läufe mit einem Ordner zeichnen sie von nun an auf: weitertrainieren (Lauf, Weiter), und die nächsten Schritte zeigen sie hier.</translation>
    </message>
    <message>
        <source>Which experts are chosen together appears here while this page is open:
every eighth step counts the pairs of all tokens.</source>
        <translation>Welche Experten gemeinsam gewählt werden, erscheint hier, solange diese Seite offen ist:
jeder achte Schritt zählt die Paare aller Token.</translation>
    </message>
    <message>
        <source>Which experts are chosen together appears here with the first training steps:
orange where a pair meets more often than by chance, blue where it avoids each other.</source>
        <translation>Welche Experten gemeinsam gewählt werden, erscheint hier mit den ersten Trainingsschritten:
orange, wo ein Paar öfter zusammentrifft als durch Zufall, blau, wo es sich meidet.</translation>
    </message>
    <message>
        <source>1: as often
as by chance</source>
        <translation>1: so oft wie
durch Zufall</translation>
    </message>
    <message>
        <source>Experts %1 and %2: one of them got no token</source>
        <translation>Experten %1 und %2: einer von ihnen bekam kein Token</translation>
    </message>
    <message>
        <source>Experts %1 and %2 meet %3 as often as by chance</source>
        <translation>Die Experten %1 und %2 treffen %3 so oft zusammen wie durch Zufall</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>an expert and a lift</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Expert %1: no partner stands out yet</source>
        <translation>Experte %1: noch kein Partner sticht hervor</translation>
    </message>
    <message>
        <source>Expert %1 meets most with %2</source>
        <translation>Experte %1 trifft am meisten mit %2 zusammen</translation>
    </message>
    <message>
        <source>, </source>
        <translation>, </translation>
    </message>
    <message>
        <source>%1 and %2 (%3)</source>
        <comment>a pair of experts and its lift</comment>
        <translation>%1 und %2 (%3)</translation>
    </message>
    <message>
        <source>No pair stands out yet</source>
        <translation>Noch kein Paar sticht hervor</translation>
    </message>
    <message>
        <source>Strongest pairs: %1</source>
        <translation>Stärkste Paare: %1</translation>
    </message>
    <message>
        <source>Experts chosen together, step %1</source>
        <translation>Gemeinsam gewählte Experten, Schritt %1</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>with expert</source>
        <translation>mit Experte</translation>
    </message>
    <message>
        <source>lift (1: as by chance)</source>
        <translation>Lift (1: wie durch Zufall)</translation>
    </message>
    <message>
        <source>Tokens choose one expert each at this step, so there are no pairs.</source>
        <translation>In diesem Schritt wählt jedes Token einen Experten, also gibt es keine Paare.</translation>
    </message>
</context>
<context>
    <name>triptych::MoeWordsPanel</name>
    <message>
        <source>Experts and the tokens that choose them</source>
        <translation>Experten und die Token, die sie wählen</translation>
    </message>
    <message>
        <source>No token of this layer came often enough yet.</source>
        <translation>In dieser Schicht kam noch kein Token oft genug vor.</translation>
    </message>
    <message>
        <source>Share of a token&apos;s favourite expert by layer</source>
        <translation>Anteil des liebsten Experten eines Tokens je Schicht</translation>
    </message>
    <message>
        <source>Vocabulary specialisation: of all occurrences of a token, the share that chose the expert
(OLMoE, arXiv 2409.02060, section 5.4). By chance about K / E, since each token chooses K of E experts.</source>
        <translation>Spezialisierung auf das Vokabular: der Anteil aller Vorkommen eines Tokens, die den Experten wählten
(OLMoE, arXiv 2409.02060, Abschnitt 5.4). Durch Zufall etwa K / E, denn jedes Token wählt K von E Experten.</translation>
    </message>
    <message>
        <source>Counted in every %1th step, those of the last 130 steps for most: of the first %2 tokens of the vocabulary that came,
those seen %3 times at least.</source>
        <translation>Gezählt in jedem %1. Schritt, überwiegend die der letzten 130 Schritte: von den ersten %2 Token des Vokabulars, die vorkamen,
die, die mindestens %3-mal gesehen wurden.</translation>
    </message>
    <message>
        <source>Here the largest share that an expert has of a token, as the mean over the tokens, each of the same weight.</source>
        <translation>Hier der größte Anteil, den ein Experte an einem Token hat, als Mittel über die Token mit gleichem Gewicht.</translation>
    </message>
    <message>
        <source>The bar is the largest share of an expert, the line is at chance; the most special expert comes first.</source>
        <translation>Der Balken ist der größte Anteil eines Experten, die Linie liegt beim Zufall; der am stärksten spezialisierte Experte steht zuerst.</translation>
    </message>
    <message>
        <source>The line is at chance.</source>
        <translation>Die Linie liegt beim Zufall.</translation>
    </message>
    <message>
        <source>This model has no experts: every layer is dense.</source>
        <translation>Dieses Modell hat keine Experten: jede Schicht ist dicht.</translation>
    </message>
    <message>
        <source>Which tokens choose which expert appears here with the first training steps:
a row for each expert, with the tokens that go there more often than by chance.</source>
        <translation>Welche Token welchen Experten wählen, erscheint hier mit den ersten Trainingsschritten:
eine Zeile je Experte, mit den Token, die häufiger als durch Zufall dorthin gehen.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a layer and its share</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>By layer – %1</source>
        <translation>Je Schicht – %1</translation>
    </message>
    <message>
        <source>A token goes to its favourite expert %1 of the time (chance: %2)</source>
        <translation>Ein Token geht zu %1 zu seinem liebsten Experten (Zufall: %2)</translation>
    </message>
    <message>
        <source>Tokens of experts, step %1</source>
        <translation>Token der Experten, Schritt %1</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>expert</source>
        <translation>Experte</translation>
    </message>
    <message>
        <source>rank</source>
        <translation>Rang</translation>
    </message>
    <message>
        <source>token id</source>
        <translation>Token-Nummer</translation>
    </message>
    <message>
        <source>token</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>share of its occurrences</source>
        <translation>Anteil seiner Vorkommen</translation>
    </message>
    <message>
        <source>share / chance</source>
        <translation>Anteil / Zufall</translation>
    </message>
    <message>
        <source>The history of a run keeps them at some steps, at first one in 64.</source>
        <translation>Die Aufzeichnung eines Laufs hebt sie von einigen Schritten auf, anfangs von einem in 64.</translation>
    </message>
    <message>
        <source>Which tokens choose which expert was not kept before step %1.</source>
        <translation>Welche Token welchen Experten wählen, wurde vor Schritt %1 nicht aufgehoben.</translation>
    </message>
    <message>
        <source>The history of this run has not kept which tokens choose which expert: older versions did not.
Train it on (Run, Go on), and the next steps show them here.</source>
        <translation>Die Aufzeichnung dieses Laufs hat nicht aufgehoben, welche Token welchen Experten wählen: ältere Versionen taten es nicht.
Weitertrainieren (Lauf, Weiter), und die nächsten Schritte zeigen sie hier.</translation>
    </message>
    <message>
        <source>Which tokens choose which expert appears here with the next steps:
every eighth one counts them, and a token is named when it came often enough.</source>
        <translation>Welche Token welchen Experten wählen, erscheint hier mit den nächsten Schritten:
Jeder achte zählt sie, und ein Token wird genannt, wenn es oft genug kam.</translation>
    </message>
    <message>
        <source>as at step %1 · </source>
        <translation>Stand: Schritt %1 · </translation>
    </message>
</context>
<context>
    <name>triptych::MtpAcceptancePanel</name>
    <message>
        <source>Accepted drafts</source>
        <translation>Angenommene Entwürfe</translation>
    </message>
    <message>
        <source>Accepted drafts by domain</source>
        <translation>Angenommene Entwürfe nach Domäne</translation>
    </message>
    <message>
        <source>by domain</source>
        <translation>nach Domäne</translation>
    </message>
    <message>
        <source>accepted</source>
        <translation>angenommen</translation>
    </message>
    <message>
        <source>loss, nats</source>
        <translation>Loss, nats</translation>
    </message>
    <message>
        <source>loss over steps</source>
        <translation>Loss über Schritten</translation>
    </message>
    <message>
        <source>train</source>
        <translation>Training</translation>
    </message>
    <message>
        <source>validation</source>
        <translation>Validierung</translation>
    </message>
    <message>
        <source>MTP 1 accepted</source>
        <translation>MTP 1 angenommen</translation>
    </message>
    <message>
        <source>%</source>
        <translation>%</translation>
    </message>
    <message>
        <source>Implied speed-up</source>
        <translation>Beschleunigung</translation>
    </message>
    <message>
        <source>×</source>
        <translation>×</translation>
    </message>
    <message>
        <source>MTP loss, validation</source>
        <translation>MTP-Loss, Val.</translation>
    </message>
    <message>
        <source>nats</source>
        <translation>nats</translation>
    </message>
    <message>
        <source>Weight λ</source>
        <translation>Gewicht λ</translation>
    </message>
    <message>
        <source>How much the MTP loss counts: loss = main + λ × mean of the MTP losses.
DeepSeek-V3 report, section 2.2, eq. 25; there 0.3, later 0.1.</source>
        <translation>Wie viel der MTP-Loss zählt: Loss = Haupt-Loss + λ × Mittel der MTP-Losses.
Bericht zu DeepSeek-V3, Abschnitt 2.2, Gl. 25; dort 0.3, später 0.1.</translation>
    </message>
    <message>
        <source>Speculative decoding: the measured speed-up appears here in a later version.</source>
        <translation>Spekulatives Dekodieren: die gemessene Beschleunigung erscheint hier in einer späteren Version.</translation>
    </message>
    <message>
        <source>What is above is implied: it counts drafts that the main model would choose itself. Measured
would be tokens per second of generation with and without drafts; this version does not draft
while it generates.</source>
        <translation>Was oben steht, ist gefolgert: es zählt Entwürfe, die das Hauptmodell selbst wählen würde. Gemessen
wären Token je Sekunde beim Erzeugen mit und ohne Entwürfe; diese Version entwirft nicht,
während sie erzeugt.</translation>
    </message>
    <message>
        <source>This model has no MTP module, so nothing is drafted.
A model with num_nextn_predict_layers of 1 or more drafts tokens further on.</source>
        <translation>Dieses Modell hat kein MTP-Modul, also wird nichts entworfen.
Ein Modell mit num_nextn_predict_layers von 1 oder mehr entwirft weitere Token voraus.</translation>
    </message>
    <message>
        <source>No validation before step %1 counted accepted drafts.</source>
        <translation>Keine Validierung vor Schritt %1 zählte angenommene Entwürfe.</translation>
    </message>
    <message>
        <source>Accepted drafts were not recorded in this run.
Train it on: each validation (setting eval_every) counts them.</source>
        <translation>Angenommene Entwürfe wurden in diesem Lauf nicht aufgezeichnet.
Weitertrainieren: jede Validierung (Einstellung eval_every) zählt sie.</translation>
    </message>
    <message>
        <source>Here you will see how many drafts of the MTP modules the main model would choose itself: by position, by domain, by depth.
The first validation of a run counts them (setting eval_every).</source>
        <translation>Hier wird zu sehen sein, wie viele Entwürfe der MTP-Module das Hauptmodell selbst wählen würde: nach Position, nach Domäne, nach Tiefe.
Die erste Validierung eines Laufs zählt sie (Einstellung eval_every).</translation>
    </message>
    <message>
        <source>Drafts of MTP 1 that the main model, having read the token between, would choose
itself: %1 of those in the validation after step %2.
DeepSeek-V3 report, section 5.4.3: 85 to 90 %.</source>
        <translation>Entwürfe von MTP 1, die das Hauptmodell, nachdem es das Token dazwischen gelesen hat, selbst
wählen würde: %1 derer in der Validierung nach Schritt %2.
Bericht zu DeepSeek-V3, Abschnitt 5.4.3: 85 bis 90 %.</translation>
    </message>
    <message>
        <source>Tokens per step of the main model if drafts that it would choose itself are kept:
1 + p1 + p1 p2 + …, p the share of accepted drafts of a depth where those before it were accepted.
Drafting not counted, and greedy choice assumed; implied by the validation after step %1, not measured.
DeepSeek-V3 report, section 5.4.3: 1.8.</source>
        <translation>Token je Schritt des Hauptmodells, wenn Entwürfe gelten, die es selbst wählen würde:
1 + p1 + p1 p2 + …, p der Anteil angenommener Entwürfe einer Tiefe, wo die davor angenommen wurden.
Das Entwerfen nicht mitgezählt, bei stets wahrscheinlichster Wahl; aus der Validierung nach Schritt %1 gefolgert, nicht gemessen.
Bericht zu DeepSeek-V3, Abschnitt 5.4.3: 1.8.</translation>
    </message>
    <message>
        <source>Mean cross entropy of the MTP modules in the validation after step %1, in nats per
token, before its weight. The main model: %2.
DeepSeek-V3 report, section 2.2, eq. 24.</source>
        <translation>Mittlere Kreuzentropie der MTP-Module in der Validierung nach Schritt %1, in nats je
Token, vor ihrem Gewicht. Das Hauptmodell: %2.
Bericht zu DeepSeek-V3, Abschnitt 2.2, Gl. 24.</translation>
    </message>
    <message>
        <source>accepted by position (strong to pale: MTP 1 to %1), after step %2</source>
        <translation>angenommen nach Position (kräftig bis blass: MTP 1 bis %1), nach Schritt %2</translation>
    </message>
    <message>
        <source>accepted by position, validation after step %1</source>
        <translation>angenommen nach Position, Validierung nach Schritt %1</translation>
    </message>
    <message>
        <source>The run kept the shares of this validation by depth and domain, not by position.</source>
        <translation>Der Lauf hat die Anteile dieser Validierung nach Tiefe und Domäne aufgezeichnet, nicht nach Position.</translation>
    </message>
    <message>
        <source>%1: MTP 1 has %2 of its drafts accepted; the main model&apos;s loss is %3 nats per token.
Validation after step %4.</source>
        <translation>%1: von MTP 1 sind %2 der Entwürfe angenommen; der Loss des Hauptmodells ist %3 nats je Token.
Validierung nach Schritt %4.</translation>
    </message>
    <message>
        <source>%1: no text of it was in a validation so far.</source>
        <translation>%1: kein Text davon war bisher in einer Validierung.</translation>
    </message>
    <message>
        <source>main</source>
        <translation>Haupt</translation>
    </message>
    <message>
        <source>MTP %1</source>
        <translation>MTP %1</translation>
    </message>
    <message>
        <source>λ %1 from step %2</source>
        <translation>λ %1 ab Schritt %2</translation>
    </message>
    <message>
        <source>%1 from step %2</source>
        <translation>%1 ab Schritt %2</translation>
    </message>
    <message>
        <source>, </source>
        <translation>, </translation>
    </message>
    <message>
        <source>Accepted drafts by position, step %1</source>
        <translation>Angenommene Entwürfe nach Position, Schritt %1</translation>
    </message>
    <message>
        <source>MTP module</source>
        <translation>MTP-Modul</translation>
    </message>
    <message>
        <source>part of the sequence (of 32)</source>
        <translation>Teil der Sequenz (von 32)</translation>
    </message>
    <message>
        <source>drafts</source>
        <translation>Entwürfe</translation>
    </message>
    <message>
        <source>share accepted</source>
        <translation>Anteil angenommen</translation>
    </message>
    <message>
        <source>domain</source>
        <translation>Domäne</translation>
    </message>
    <message>
        <source>validation loss (nats/token)</source>
        <translation>Validierungs-Loss (nats/Token)</translation>
    </message>
    <message>
        <source>Loss by depth</source>
        <translation>Loss nach Tiefe</translation>
    </message>
    <message>
        <source>head</source>
        <translation>Kopf</translation>
    </message>
    <message>
        <source>training loss (nats/token, 20 steps)</source>
        <translation>Trainings-Loss (nats/Token, 20 Schritte)</translation>
    </message>
    <message>
        <source>%1: cross entropy in nats per token. Training: mean of the last 20 steps; the curve has the
whole run, %2 of %3 points: first, smallest, largest and last of each pixel, so that no spike
is lost; crosses: no finite number. One scale for all rows.
DeepSeek-V3 report, section 2.2, eq. 24.</source>
        <translation>%1: Kreuzentropie in nats je Token. Training: Mittel der letzten 20 Schritte; die Kurve hat den
ganzen Lauf, %2 von %3 Punkten: erster, kleinster, größter und letzter je Pixel, sodass keine Spitze
verloren geht; Kreuze: keine endliche Zahl. Eine Skala für alle Zeilen.
Bericht zu DeepSeek-V3, Abschnitt 2.2, Gl. 24.</translation>
    </message>
    <message>
        <source>How much the MTP loss counts, and since which step:
loss = main + λ × mean of the MTP losses. DeepSeek-V3 report, section 2.2, eq. 25.</source>
        <translation>Wie viel der MTP-Loss zählt, und seit welchem Schritt:
Loss = Haupt-Loss + λ × Mittel der MTP-Losses. Bericht zu DeepSeek-V3, Abschnitt 2.2, Gl. 25.</translation>
    </message>
    <message>
        <source>Each bar is a 32nd part of the sequences of the validation: the share of its drafts that the main model,
having read the tokens between, would choose itself. DeepSeek-V3 report, section 5.4.3.</source>
        <translation>Jeder Balken ist der 32. Teil der Sequenzen der Validierung: der Anteil ihrer Entwürfe, die das Hauptmodell,
nachdem es die Token dazwischen gelesen hat, selbst wählen würde. Bericht zu DeepSeek-V3, Abschnitt 5.4.3.</translation>
    </message>
    <message>
        <source>
MTP %1: %2 of %3 drafts accepted.</source>
        <translation>
MTP %1: %2 von %3 Entwürfen angenommen.</translation>
    </message>
    <message>
        <source>Loss of the main model and of each MTP module, and the weight of the latter</source>
        <translation>Loss des Hauptmodells und jedes MTP-Moduls, und das Gewicht der letzteren</translation>
    </message>
    <message>
        <source>weight λ</source>
        <translation>Gewicht λ</translation>
    </message>
    <message>
        <source>How much the MTP loss counts: loss = main + λ × mean of the MTP losses. In step %1: %2.
The curve has the whole run, from 0 to %3.
DeepSeek-V3 report, section 2.2, eq. 25: 0.3, later 0.1.</source>
        <translation>Wie viel der MTP-Loss zählt: Loss = Haupt-Loss + λ × Mittel der MTP-Losses. In Schritt %1: %2.
Die Kurve zeigt den ganzen Lauf, von 0 bis %3.
Bericht zu DeepSeek-V3, Abschnitt 2.2, Gl. 25: 0,3, später 0,1.</translation>
    </message>
    <message>
        <source>Weight λ of the MTP loss</source>
        <translation>Gewicht λ des MTP-Loss</translation>
    </message>
    <message>
        <source>from step</source>
        <translation>ab Schritt</translation>
    </message>
    <message>
        <source>λ</source>
        <translation>λ</translation>
    </message>
    <message>
        <source>by domain (strong to pale: MTP 1 to %1)</source>
        <translation>nach Domäne (kräftig bis blass: MTP 1 bis %1)</translation>
    </message>
    <message>
        <source>share of MTP %1 accepted</source>
        <translation>Anteil von MTP %1 angenommen</translation>
    </message>
</context>
<context>
    <name>triptych::MtpPanel</name>
    <message>
        <source>Here the probe text will show, below each token, what the model expects next and what its MTP module drafts after that.
Start a run: the guesses come with its first steps, sensible ones a little later.</source>
        <translation>Hier wird der Prüftext unter jedem Token zeigen, was das Modell als Nächstes erwartet und was sein MTP-Modul danach entwirft.
Einen Lauf starten: die Vermutungen kommen mit seinen ersten Schritten, sinnvolle etwas später.</translation>
    </message>
    <message>
        <source>Drafts accepted</source>
        <translation>Angenommen</translation>
    </message>
    <message>
        <source>%</source>
        <translation>%</translation>
    </message>
    <message>
        <source>Implied speed-up</source>
        <translation>Beschleunigung</translation>
    </message>
    <message>
        <source>×</source>
        <translation>×</translation>
    </message>
    <message>
        <source>MTP loss</source>
        <translation>MTP-Loss</translation>
    </message>
    <message>
        <source>nats</source>
        <translation>nats</translation>
    </message>
    <message>
        <source>Weight λ</source>
        <translation>Gewicht λ</translation>
    </message>
    <message>
        <source>How much the MTP loss counts: loss = main + λ × mean of the MTP losses.
DeepSeek-V3 report, section 2.2, eq. 25; there 0.3, later 0.1.</source>
        <translation>Wie viel der MTP-Loss zählt: Loss = Haupt-Loss + λ × Mittel der MTP-Losses.
Bericht zu DeepSeek-V3, Abschnitt 2.2, Gl. 25; dort 0.3, später 0.1.</translation>
    </message>
    <message>
        <source>Probe text with guesses</source>
        <translation>Prüftext mit Vermutungen</translation>
    </message>
    <message>
        <source>What the model writes</source>
        <translation>Was das Modell schreibt</translation>
    </message>
    <message>
        <source>text</source>
        <translation>Text</translation>
    </message>
    <message>
        <source>next</source>
        <translation>nächstes</translation>
    </message>
    <message>
        <source>MTP %1</source>
        <translation>MTP %1</translation>
    </message>
    <message>
        <source>“%1” %2</source>
        <comment>a token and its probability</comment>
        <translation>„%1“ %2</translation>
    </message>
    <message>
        <source>, </source>
        <translation>, </translation>
    </message>
    <message>
        <source>After %1</source>
        <translation>Nach %1</translation>
    </message>
    <message>
        <source>next: %1</source>
        <translation>nächstes: %1</translation>
    </message>
    <message>
        <source> – accepted: the main head chooses the same there</source>
        <translation> – angenommen: der Hauptkopf wählt dort dasselbe</translation>
    </message>
    <message>
        <source> – rejected: the main head chooses another</source>
        <translation> – abgelehnt: der Hauptkopf wählt ein anderes</translation>
    </message>
    <message>
        <source>%1 tokens on, MTP %2: %3</source>
        <translation>%1 Token weiter, MTP %2: %3</translation>
    </message>
    <message>
        <source>This model has no MTP module, so nothing is drafted.</source>
        <translation>Dieses Modell hat kein MTP-Modul, also wird nichts entworfen.</translation>
    </message>
    <message>
        <source>A model with num_nextn_predict_layers of 1 or more drafts tokens further on.</source>
        <translation>Ein Modell mit num_nextn_predict_layers von 1 oder mehr entwirft weitere Token voraus.</translation>
    </message>
    <message>
        <source>%1 of %2 drafts of MTP 1 on the probe text are what the main head itself
chooses one token later, so speculative decoding would accept them.
DeepSeek-V3 report, section 5.4.3: 85 to 90 %.</source>
        <translation>%1 von %2 Entwürfen von MTP 1 auf dem Prüftext sind, was der Hauptkopf selbst
ein Token später wählt; spekulatives Dekodieren nähme sie also an.
Bericht zu DeepSeek-V3, Abschnitt 5.4.3: 85 bis 90 %.</translation>
    </message>
    <message>
        <source>Tokens per step of the main model if drafts that it would choose itself are kept:
1 + p1 + p1 p2 + …, p the share of accepted drafts of a depth where those before it were accepted.
Implied by the acceptance on this text, not measured; drafting is taken to cost nothing.
DeepSeek-V3 report, section 5.4.3: 1.8.</source>
        <translation>Token je Schritt des Hauptmodells, wenn Entwürfe gelten, die es selbst wählen würde:
1 + p1 + p1 p2 + …, p der Anteil angenommener Entwürfe einer Tiefe, wo die davor angenommen wurden.
Aus der Annahme auf diesem Text gefolgert, nicht gemessen; das Entwerfen gilt als kostenlos.
Bericht zu DeepSeek-V3, Abschnitt 5.4.3: 1.8.</translation>
    </message>
    <message>
        <source>Mean cross entropy of the MTP modules over the last 20 steps, in nats per token,
before its weight; in step %1 alone %2. The main head: %3.
DeepSeek-V3 report, section 2.2, eq. 24.</source>
        <translation>Mittlere Kreuzentropie der MTP-Module über die letzten 20 Schritte, in nats je Token,
vor ihrem Gewicht; in Schritt %1 allein %2. Der Hauptkopf: %3.
Bericht zu DeepSeek-V3, Abschnitt 2.2, Gl. 24.</translation>
    </message>
    <message>
        <source>MTP %1: %2 accepted, loss %3</source>
        <translation>MTP %1: %2 angenommen, Loss %3</translation>
    </message>
    <message>
        <source> · </source>
        <translation> · </translation>
    </message>
    <message>
        <source>Share of the drafts on this text that would be accepted;
loss in nats per token, mean of the last 20 steps.</source>
        <translation>Anteil der Entwürfe auf diesem Text, die angenommen würden;
Loss in nats je Token, Mittel der letzten 20 Schritte.</translation>
    </message>
    <message>
        <source>next, after %1</source>
        <translation>nächstes, nach %1</translation>
    </message>
    <message>
        <source>%1 tokens on: MTP %2</source>
        <translation>%1 Token weiter: MTP %2</translation>
    </message>
    <message>
        <source>the text ends before</source>
        <translation>der Text endet vorher</translation>
    </message>
    <message>
        <source>The model writes, after step %1</source>
        <translation>Das Modell schreibt, nach Schritt %1</translation>
    </message>
    <message>
        <source>The model writes</source>
        <translation>Das Modell schreibt</translation>
    </message>
    <message>
        <source>What the model makes of the beginning of a validation text, at temperature 0.7.
Grey: what it was given. Spaces are dots, line ends arrows.</source>
        <translation>Was das Modell aus dem Anfang eines Validierungstexts macht, bei Temperatur 0.7.
Grau: was ihm gegeben war. Leerzeichen sind Punkte, Zeilenenden Pfeile.</translation>
    </message>
    <message>
        <source>After the first validation you can read here what the model has learnt to write.</source>
        <translation>Nach der ersten Validierung ist hier zu lesen, was das Modell zu schreiben gelernt hat.</translation>
    </message>
    <message>
        <source>position</source>
        <translation>Position</translation>
    </message>
    <message>
        <source>token</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>probability of next</source>
        <translation>Wahrscheinlichkeit des nächsten</translation>
    </message>
    <message>
        <source>probability of MTP %1</source>
        <translation>Wahrscheinlichkeit von MTP %1</translation>
    </message>
    <message>
        <source>MTP %1 accepted</source>
        <translation>MTP %1 angenommen</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>Guesses for the probe text, step %1</source>
        <translation>Vermutungen zum Prüftext, Schritt %1</translation>
    </message>
    <message>
        <source>All guesses for the probe text, step %1</source>
        <translation>Alle Vermutungen zum Prüftext, Schritt %1</translation>
    </message>
    <message>
        <source>head</source>
        <translation>Kopf</translation>
    </message>
    <message>
        <source>rank</source>
        <translation>Rang</translation>
    </message>
    <message>
        <source>guess</source>
        <translation>Vermutung</translation>
    </message>
    <message>
        <source>probability</source>
        <translation>Wahrscheinlichkeit</translation>
    </message>
</context>
<context>
    <name>triptych::NoRunsPanel</name>
    <message>
        <source>No list of runs is kept here.</source>
        <translation>Hier wird keine Liste der Läufe geführt.</translation>
    </message>
</context>
<context>
    <name>triptych::PairLists</name>
    <message>
        <source>≥ %1 ×</source>
        <translation>≥ %1 ×</translation>
    </message>
    <message>
        <source>%1 ×</source>
        <translation>%1 ×</translation>
    </message>
    <message>
        <source>Strongest partners of the chosen expert</source>
        <translation>Stärkste Partner des gewählten Experten</translation>
    </message>
    <message>
        <source>Strongest pairs of the layer</source>
        <translation>Stärkste Paare der Schicht</translation>
    </message>
    <message>
        <source>No partner stands out yet.</source>
        <translation>Noch kein Partner sticht hervor.</translation>
    </message>
    <message>
        <source>No pair stands out yet.</source>
        <translation>Noch kein Paar sticht hervor.</translation>
    </message>
    <message>
        <source>Lift: how often two experts are chosen for the same token, over how often chance would have it given how often each is chosen.
The line is at 1.</source>
        <translation>Lift: wie oft zwei Experten für dasselbe Token gewählt werden, durch das, was der Zufall nach der Häufigkeit jedes der beiden täte.
Die Linie ist bei 1.</translation>
    </message>
    <message>
        <source>expert %1</source>
        <translation>Experte %1</translation>
    </message>
    <message>
        <source>With expert %1</source>
        <translation>Mit Experte %1</translation>
    </message>
    <message>
        <source>With the chosen expert</source>
        <translation>Mit dem gewählten Experten</translation>
    </message>
    <message>
        <source>Choose an expert to see its partners.</source>
        <translation>Einen Experten wählen, um seine Partner zu sehen.</translation>
    </message>
    <message>
        <source>%1 and %2</source>
        <translation>%1 und %2</translation>
    </message>
</context>
<context>
    <name>triptych::PaletteDialog</name>
    <message>
        <source>Find an action, a panel, a metric, an alert</source>
        <translation>Eine Aktion, eine Seite, einen Messwert, einen Alarm finden</translation>
    </message>
    <message>
        <source>words in any order, or &quot;layer 3 expert 9&quot;, &quot;head 1&quot;, &quot;step 620&quot;</source>
        <translation>Wörter in beliebiger Folge, oder „Schicht 3 Experte 9“, „Kopf 1“, „Schritt 620“</translation>
    </message>
    <message>
        <source>What was found</source>
        <translation>Was gefunden wurde</translation>
    </message>
    <message>
        <source>Nothing has these words</source>
        <translation>Nichts hat diese Wörter</translation>
    </message>
    <message numerus="yes">
        <source>%n found</source>
        <translation>
            <numerusform>%n gefunden</numerusform>
            <numerusform>%n gefunden</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>triptych::PanelDeck</name>
    <message>
        <source>▴ Show</source>
        <translation>▴ Zeigen</translation>
    </message>
    <message>
        <source>▾ Fold</source>
        <translation>▾ Falten</translation>
    </message>
    <message>
        <source>Shows the page below</source>
        <translation>Zeigt die Seite darunter</translation>
    </message>
    <message>
        <source>Leaves the tabs alone; the wings get the room</source>
        <translation>Lässt nur die Reiter stehen; die Flügel bekommen den Platz</translation>
    </message>
</context>
<context>
    <name>triptych::PlacementView</name>
    <message>
        <source>%1 (1 of %2)</source>
        <comment>one copy of an expert</comment>
        <translation>%1 (1 von %2)</translation>
    </message>
    <message>
        <source>What if on</source>
        <translation>Was wäre auf</translation>
    </message>
    <message>
        <source>GPUs</source>
        <translation>GPUs</translation>
    </message>
    <message>
        <source>Over how many GPUs the experts of this layer are spread, as many on each</source>
        <translation>Auf wie viele GPUs die Experten dieser Schicht verteilt sind, auf jede gleich viele</translation>
    </message>
    <message>
        <source>GPUs, with</source>
        <translation>GPUs, mit</translation>
    </message>
    <message>
        <source>Copies of busy experts</source>
        <translation>Kopien belasteter Experten</translation>
    </message>
    <message>
        <source>How many copies the busiest experts get, the same number of slots on each GPU.
A copy takes its share of the tokens, and memory.</source>
        <translation>Wie viele Kopien die am stärksten belasteten Experten bekommen, gleich viele Plätze auf jeder GPU.
Eine Kopie nimmt ihren Anteil der Token, und Speicher.</translation>
    </message>
    <message>
        <source>copies</source>
        <translation>Kopien</translation>
    </message>
    <message>
        <source>Load of the busiest GPU over the mean</source>
        <translation>Last der am stärksten belasteten GPU durch das Mittel</translation>
    </message>
    <message>
        <source>Load of each GPU over the mean, packed</source>
        <translation>Last jeder GPU durch das Mittel, gepackt</translation>
    </message>
    <message>
        <source>%1 × mean</source>
        <translation>%1 × Mittel</translation>
    </message>
    <message>
        <source>%1: the busiest GPU has %2 times the mean load of all.</source>
        <translation>%1: die am stärksten belastete GPU hat das %2-fache der mittleren Last aller.</translation>
    </message>
    <message>
        <source>in order</source>
        <translation>der Reihe nach</translation>
    </message>
    <message>
        <source>packed</source>
        <translation>gepackt</translation>
    </message>
    <message>
        <source>Packing would save %1 of the experts&apos; time</source>
        <translation>Packen würde %1 der Zeit der Experten sparen</translation>
    </message>
    <message>
        <source>GPU %1</source>
        <translation>GPU %1</translation>
    </message>
    <message>
        <source>Experts %1</source>
        <translation>Experten %1</translation>
    </message>
    <message>
        <source>If the time of a layer&apos;s experts is that of the busiest GPU and grows with its tokens.
What is sent between GPUs is not counted. Loads are the smoothed ones of each layer.
DeepSeek-V3 report, sections 3.4.1 and 3.4.2: redundant experts.</source>
        <translation>Wenn die Zeit der Experten einer Schicht die der meistbeschäftigten GPU ist und mit ihren Tokens wächst.
Was zwischen GPUs gesendet wird, zählt nicht. Die Lasten sind die geglätteten jeder Schicht.
Bericht zu DeepSeek-V3, Abschnitte 3.4.1 und 3.4.2: redundante Experten.</translation>
    </message>
    <message>
        <source>While loads are even, the routed experts of a layer take their share of a step&apos;s FLOPs: 18 d m K of each token.
Else as much longer as their busiest GPU has to do. Layers add up: each waits for its own busiest GPU.</source>
        <translation>Bei gleichen Lasten brauchen die gerouteten Experten einer Schicht ihren Anteil an den FLOPs eines Schritts: 18 d m K je Token.
Sonst so viel länger, wie ihre meistbeschäftigte GPU zu tun hat. Schichten zählen zusammen: jede wartet auf ihre eigene.</translation>
    </message>
    <message>
        <source>and %1 of a step if all layers are packed: %2 of %3 ms</source>
        <translation>und %1 eines Schritts, wenn alle Schichten gepackt sind: %2 von %3 ms</translation>
    </message>
    <message>
        <source>and %1 of a step if all layers are packed</source>
        <translation>und %1 eines Schritts, wenn alle Schichten gepackt sind</translation>
    </message>
    <message>
        <source>1 node</source>
        <translation>1 Knoten</translation>
    </message>
    <message>
        <source>%1 nodes</source>
        <translation>%1 Knoten</translation>
    </message>
    <message>
        <source>Nodes</source>
        <translation>Knoten</translation>
    </message>
    <message>
        <source>In how many nodes the GPUs stand. The experts of a group stay on one node, so that a token which chooses few groups is sent to few nodes:
first groups are spread over nodes, then each node packs its own experts and its share of the copies.</source>
        <translation>In wie vielen Knoten die GPUs stehen. Die Experten einer Gruppe bleiben auf einem Knoten, damit ein Token, das wenige Gruppen wählt, an wenige Knoten geht:
erst werden die Gruppen auf Knoten verteilt, dann packt jeder Knoten seine Experten und seinen Anteil der Kopien.</translation>
    </message>
    <message>
        <source>with</source>
        <comment>GPUs in 2 nodes with 8 copies</comment>
        <translation>mit</translation>
    </message>
    <message>
        <source>GPUs in</source>
        <comment>GPUs in 2 nodes</comment>
        <translation>GPUs in</translation>
    </message>
    <message>
        <source>GPU %1, node %2</source>
        <translation>GPU %1, Knoten %2</translation>
    </message>
</context>
<context>
    <name>triptych::PlanForm</name>
    <message>
        <source>Micro-batch (seq.)</source>
        <translation>Micro-Batch (Seq.)</translation>
    </message>
    <message>
        <source>Sequence (tokens)</source>
        <translation>Sequenz (Token)</translation>
    </message>
    <message>
        <source>Batch (seq.)</source>
        <translation>Batch (Seq.)</translation>
    </message>
    <message>
        <source>Node limit (groups)</source>
        <translation>Knotengrenze</translation>
    </message>
    <message>
        <source>Memory limit (GB)</source>
        <translation>Speicher (GB)</translation>
    </message>
    <message>
        <source>Deadline (days)</source>
        <translation>Frist (Tage)</translation>
    </message>
    <message>
        <source>Price ($/hour)</source>
        <translation>Preis ($/Stunde)</translation>
    </message>
    <message>
        <source>GPUs (number)</source>
        <translation>GPUs (Zahl)</translation>
    </message>
    <message>
        <source>PP (stages)</source>
        <translation>PP (Stufen)</translation>
    </message>
    <message>
        <source>EP (GPUs)</source>
        <translation>EP (GPUs)</translation>
    </message>
    <message>
        <source>DP (pipelines)</source>
        <translation>DP (Pipelines)</translation>
    </message>
    <message>
        <source>The model that is trained: a preset of resources/model_presets, or that of the run that is open.</source>
        <translation>Das Modell, das trainiert wird: eine Vorgabe aus resources/model_presets oder das des offenen Laufs.</translation>
    </message>
    <message>
        <source>A preset of resources/gpu_presets, every figure of it with source and date.</source>
        <translation>Eine Vorgabe aus resources/gpu_presets, jede Zahl davon mit Quelle und Datum.</translation>
    </message>
    <message>
        <source>Number of GPUs: PP × DP. With a deadline that many or a divisor of it.</source>
        <translation>Zahl der GPUs: PP × DP. Mit einer Frist so viele oder ein Teiler davon.</translation>
    </message>
    <message>
        <source>What the linear layers multiply in. Attention, router and head are in BF16 in both.
DeepSeek-V3 report, section 3.3.1.</source>
        <translation>Worin die linearen Schichten multiplizieren. Attention, Router und Kopf sind in beiden in BF16.
DeepSeek-V3-Bericht, Abschnitt 3.3.1.</translation>
    </message>
    <message>
        <source>Pipeline parallelism: stages that the layers are cut into, at most one for each layer. Empty: searched for.</source>
        <translation>Pipeline-Parallelität: Stufen, in die die Schichten geteilt sind, höchstens eine je Schicht. Leer: wird gesucht.</translation>
    </message>
    <message>
        <source>Expert parallelism: GPUs that share the experts of a layer. Divides DP and the number of experts. Empty: searched for.</source>
        <translation>Experten-Parallelität: GPUs, die sich die Experten einer Schicht teilen. Teilt DP und die Zahl der Experten. Leer: wird gesucht.</translation>
    </message>
    <message>
        <source>Data parallelism: pipelines side by side. PP × DP is the number of GPUs. Empty: searched for.</source>
        <translation>Daten-Parallelität: Pipelines nebeneinander. PP × DP ist die Zahl der GPUs. Leer: wird gesucht.</translation>
    </message>
    <message>
        <source>Sequences that go through the pipeline together. Empty: searched for, 1, 2, 4 … 64.</source>
        <translation>Sequenzen, die zusammen durch die Pipeline gehen. Leer: wird gesucht, 1, 2, 4 … 64.</translation>
    </message>
    <message>
        <source>DualPipe: from both ends at once, exchanges hidden; an even PP, and 2 PP micro-batches at least.
1F1B: one forward, one backward. ZB1P: gradients of weights fill the bubble. DeepSeek-V3 report, table 2.</source>
        <translation>DualPipe: von beiden Enden zugleich, Austausch verborgen; gerades PP und mindestens 2 PP Micro-Batches.
1F1B: einer vorwärts, einer rückwärts. ZB1P: Gradienten der Gewichte füllen die Blase. DeepSeek-V3-Bericht, Tabelle 2.</translation>
    </message>
    <message>
        <source>Tokens of the whole training, as 14.8T or 14.8e12.</source>
        <translation>Token des ganzen Trainings, wie 14,8T oder 14.8e12.</translation>
    </message>
    <message>
        <source>Tokens of a sequence. Empty: 4,096, or the model&apos;s positions.</source>
        <translation>Token einer Sequenz. Leer: 4.096 oder die Positionen des Modells.</translation>
    </message>
    <message>
        <source>Sequences of a step over all GPUs; 15,360 at the end of DeepSeek-V3&apos;s training (section 4.2).</source>
        <translation>Sequenzen eines Schritts über alle GPUs; 15.360 am Ende des Trainings von DeepSeek-V3 (Abschnitt 4.2).</translation>
    </message>
    <message>
        <source>Node-limited routing: groups of experts that a token may choose from, a group being a node. Empty: the model&apos;s own.
DeepSeek-V3 report, section 2.1.2.</source>
        <translation>Routing mit Knotengrenze: Gruppen von Experten, aus denen ein Token wählen darf, eine Gruppe je Knoten. Leer: die des Modells.
DeepSeek-V3-Bericht, Abschnitt 2.1.2.</translation>
    </message>
    <message>
        <source>Gigabytes, of 10⁹ bytes, that the plan may use of a GPU. Empty: all of them.</source>
        <translation>Gigabyte zu 10⁹ Bytes, die der Plan von einer GPU nutzen darf. Leer: alle.</translation>
    </message>
    <message>
        <source>Days within which the training is to be done. Empty: no deadline.</source>
        <translation>Tage, in denen das Training fertig sein soll. Leer: keine Frist.</translation>
    </message>
    <message>
        <source>US dollars for a GPU-hour. Empty: that of the GPU&apos;s preset.</source>
        <translation>US-Dollar für eine GPU-Stunde. Leer: der Preis der GPU-Vorgabe.</translation>
    </message>
    <message>
        <source>What is planned</source>
        <translation>Was geplant wird</translation>
    </message>
    <message>
        <source>the open run&apos;s</source>
        <translation>das des Laufs</translation>
    </message>
    <message>
        <source>FP8</source>
        <translation>FP8</translation>
    </message>
    <message>
        <source>BF16</source>
        <translation>BF16</translation>
    </message>
    <message>
        <source>search</source>
        <translation>suchen</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>%1
%2: $%3 for a GPU-hour. %4, %5.</source>
        <translation>%1
%2: $%3 für eine GPU-Stunde. %4, %5.</translation>
    </message>
    <message>
        <source>open run: %1</source>
        <translation>Lauf: %1</translation>
    </message>
    <message>
        <source>%1: %2. %3</source>
        <comment>a field, what is wrong with it, what to do</comment>
        <translation>%1: %2. %3</translation>
    </message>
</context>
<context>
    <name>triptych::PlannerPanel</name>
    <message>
        <source>Page of the planner</source>
        <translation>Seite des Planers</translation>
    </message>
    <message>
        <source>Plan</source>
        <translation>Plan</translation>
    </message>
    <message>
        <source>Schedule</source>
        <translation>Ablauf</translation>
    </message>
    <message>
        <source>Layouts</source>
        <translation>Aufteilungen</translation>
    </message>
    <message>
        <source>Checks</source>
        <translation>Prüfungen</translation>
    </message>
    <message>
        <source>The plan in numbers</source>
        <translation>Der Plan in Zahlen</translation>
    </message>
    <message>
        <source>a token&apos;s way to its experts, per MoE layer</source>
        <translation>Weg eines Tokens zu den Experten, je MoE-Schicht</translation>
    </message>
    <message>
        <source>Bytes that a token sends, and the time they take of what published kernels reach. InfiniBand and NVLink
work at the same time; the slower one sets the pace. Node-limited routing keeps a token&apos;s experts in few
groups, so that its row crosses to few nodes: DeepSeek-V3 report, section 2.1.2.</source>
        <translation>Bytes, die ein Token sendet, und die Zeit, die sie bei dem brauchen, was veröffentlichte Kernel erreichen.
InfiniBand und NVLink arbeiten zugleich; das langsamere bestimmt das Tempo. Routing mit Knotengrenze hält die Experten
eines Tokens in wenigen Gruppen, so dass seine Zeile zu wenigen Knoten geht: DeepSeek-V3-Bericht, Abschnitt 2.1.2.</translation>
    </message>
    <message>
        <source>All-to-all of a token, with and without node-limited routing</source>
        <translation>All-to-all eines Tokens, mit und ohne Knotengrenze</translation>
    </message>
    <message>
        <source>No exchange: each GPU has all experts (EP 1).</source>
        <translation>Kein Austausch: jede GPU hat alle Experten (EP 1).</translation>
    </message>
    <message>
        <source>Each row is a GPU of one pipeline. All stages are drawn alike, with the mean times of those that are waited for;
sending activations takes no time. Half blue, half orange: a forward and a backward pass that overlap.
A line below: micro-batches from the other end.</source>
        <translation>Jede Zeile ist eine GPU einer Pipeline. Alle Stufen sind gleich gezeichnet, mit den mittleren Zeiten derer, auf die gewartet wird;
das Senden der Aktivierungen kostet keine Zeit. Halb blau, halb orange: ein Vorwärts- und ein Rückwärtsgang, die sich überlappen.
Eine Linie unten: Micro-Batches vom anderen Ende.</translation>
    </message>
    <message>
        <source>Axes</source>
        <translation>Achsen</translation>
    </message>
    <message>
        <source>Memory and days</source>
        <translation>Speicher und Tage</translation>
    </message>
    <message>
        <source>Money and days</source>
        <translation>Geld und Tage</translation>
    </message>
    <message>
        <source>Layouts that the search went through</source>
        <translation>Aufteilungen, die die Suche durchging</translation>
    </message>
    <message>
        <source>Each point is a layout of this cluster. A click, or Enter, takes it into the form.</source>
        <translation>Jeder Punkt ist eine Aufteilung dieses Clusters. Ein Klick oder Enter übernimmt sie in das Formular.</translation>
    </message>
    <message>
        <source>Comparing with published figures …</source>
        <translation>Vergleich mit veröffentlichten Zahlen …</translation>
    </message>
    <message>
        <source>The planner against published figures</source>
        <translation>Der Planer gegen veröffentlichte Zahlen</translation>
    </message>
    <message>
        <source>What is shown below is the last plan that could be made.</source>
        <translation>Darunter steht der letzte Plan, der gemacht werden konnte.</translation>
    </message>
    <message>
        <source>Searching …</source>
        <translation>Sucht …</translation>
    </message>
    <message>
        <source>PP: stages of a pipeline; EP: GPUs that share the experts of a layer; DP: pipelines side by side. PP × DP is the number of GPUs.
What the form leaves empty is the cheapest; of plans within 1 % of it the one with the smallest EP. How it is computed: docs/planner.md.</source>
        <translation>PP: Stufen einer Pipeline; EP: GPUs, die sich die Experten einer Schicht teilen; DP: Pipelines nebeneinander. PP × DP ist die Zahl der GPUs.
Was das Formular leer lässt, ist das Billigste; unter Plänen, die höchstens 1 % mehr kosten, der mit dem kleinsten EP. Wie gerechnet wird: docs/planner.md.</translation>
    </message>
    <message>
        <source>Here you will see one step of the pipeline, chunk by chunk.</source>
        <translation>Hier werden Sie einen Schritt der Pipeline sehen, Stück für Stück.</translation>
    </message>
    <message>
        <source>memory per GPU</source>
        <translation>Speicher je GPU</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>bytes of bytes</comment>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>time of a step</source>
        <translation>Zeit eines Schritts</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>days</source>
        <translation>Tage</translation>
    </message>
    <message>
        <source>memory (GB)</source>
        <translation>Speicher (GB)</translation>
    </message>
    <message>
        <source>money ($)</source>
        <translation>Geld ($)</translation>
    </message>
    <message>
        <source>deadline</source>
        <translation>Frist</translation>
    </message>
    <message>
        <source>memory of a GPU</source>
        <translation>Speicher einer GPU</translation>
    </message>
    <message>
        <source>too large or late</source>
        <translation>zu groß oder spät</translation>
    </message>
    <message>
        <source>shown</source>
        <translation>gezeigt</translation>
    </message>
    <message>
        <source>cheapest</source>
        <translation>billigste</translation>
    </message>
    <message>
        <source>The presets that the published figures are about cannot be read: see “triptych plan --checks”.</source>
        <translation>Die Vorgaben, von denen die veröffentlichten Zahlen handeln, sind nicht lesbar: siehe „triptych plan --checks“.</translation>
    </message>
    <message>
        <source>%1 published figures, the planner&apos;s answer and its error. %2 it was fitted to: their small errors show the fit and nothing more. The others it has not seen.</source>
        <translation>%1 veröffentlichte Zahlen, die Antwort des Planers und ihr Fehler. An %2 wurde er angepasst: ihre kleinen Fehler zeigen die Anpassung und nichts weiter. Die anderen hat er nicht gesehen.</translation>
    </message>
    <message>
        <source>fits</source>
        <translation>passt</translation>
    </message>
</context>
<context>
    <name>triptych::PlayedText</name>
    <message>
        <source>“%1”, of the prompt</source>
        <translation>„%1“, aus der Vorgabe</translation>
    </message>
    <message>
        <source>“%1”, chosen with a probability of %2</source>
        <translation>„%1“, gewählt mit einer Wahrscheinlichkeit von %2</translation>
    </message>
</context>
<context>
    <name>triptych::PlayedToken</name>
    <message>
        <source>“%1”</source>
        <translation>„%1“</translation>
    </message>
    <message>
        <source>all, at most %1</source>
        <translation>alle, höchstens %1</translation>
    </message>
    <message>
        <source>dense</source>
        <translation>dicht</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>experts, weight</source>
        <translation>Experten, Gewicht</translation>
    </message>
    <message>
        <source>looks at</source>
        <translation>sieht an</translation>
    </message>
    <message>
        <source>not kept in so long a text</source>
        <translation>bei so langem Text nicht aufgehoben</translation>
    </message>
    <message>
        <source>The model&apos;s own probability, softmax of its logits before temperature, top-p and top-k.</source>
        <translation>Die Wahrscheinlichkeit des Modells selbst, Softmax seiner Logits vor Temperatur, Top-p und Top-k.</translation>
    </message>
    <message>
        <source>What the first MTP module expected at this place, one token before the main model could say it.
DeepSeek-V3 report, section 2.2.</source>
        <translation>Was das erste MTP-Modul an dieser Stelle erwartete, ein Token bevor das Hauptmodell es sagen konnte.
Bericht zu DeepSeek-V3, Abschnitt 2.2.</translation>
    </message>
    <message>
        <source>Likeliest tokens at this place</source>
        <translation>Wahrscheinlichste Token an dieser Stelle</translation>
    </message>
    <message>
        <source>The experts that the token went to when it was read, with their weights (report, section 2.1.2),
and the tokens it looked at most: of each layer the largest weight of any head.</source>
        <translation>Die Experten, zu denen das Token beim Lesen ging, mit ihren Gewichten (Bericht, Abschnitt 2.1.2),
und die Token, die es am meisten ansah: je Schicht das größte Gewicht eines Kopfs.</translation>
    </message>
    <message>
        <source>Experts and attention of the token, by layer</source>
        <translation>Experten und Aufmerksamkeit des Tokens, nach Schicht</translation>
    </message>
    <message>
        <source>Point at a token, or go to one with the arrow keys:</source>
        <translation>Auf ein Token zeigen oder mit den Pfeiltasten zu einem gehen:</translation>
    </message>
    <message>
        <source>here are its probability, its experts, its draft</source>
        <translation>hier stehen dann seine Wahrscheinlichkeit, seine Experten, sein Entwurf</translation>
    </message>
    <message>
        <source>and the tokens it looked at.</source>
        <translation>und die Token, die es ansah.</translation>
    </message>
    <message>
        <source>%1: %2, token %3</source>
        <translation>%1: %2, Token %3</translation>
    </message>
    <message>
        <source>of the prompt</source>
        <translation>aus der Vorgabe</translation>
    </message>
    <message>
        <source>chosen with %1</source>
        <translation>gewählt mit %1</translation>
    </message>
    <message>
        <source>✓ MTP expected %1, %2</source>
        <translation>✓ MTP erwartete %1, %2</translation>
    </message>
    <message>
        <source>✗ MTP expected %1, %2</source>
        <translation>✗ MTP erwartete %1, %2</translation>
    </message>
    <message>
        <source>likeliest here</source>
        <translation>hier am wahrscheinlichsten</translation>
    </message>
</context>
<context>
    <name>triptych::PlaygroundLaneView</name>
    <message>
        <source>Checkpoint of lane %1</source>
        <translation>Checkpoint von Spur %1</translation>
    </message>
    <message>
        <source>The weights that write: a checkpoint of the run that is shown, or another folder.</source>
        <translation>Die Gewichte, die schreiben: ein Checkpoint des gezeigten Laufs oder ein anderer Ordner.</translation>
    </message>
    <message>
        <source>Newest weights</source>
        <translation>Neueste Gewichte</translation>
    </message>
    <message>
        <source>Has the run that trains save its weights, and takes them: they are those of that step.</source>
        <translation>Lässt den trainierenden Lauf seine Gewichte speichern und nimmt sie: sie sind die dieses Schritts.</translation>
    </message>
    <message>
        <source>Generate</source>
        <translation>Erzeugen</translation>
    </message>
    <message>
        <source>Again</source>
        <translation>Noch einmal</translation>
    </message>
    <message>
        <source>Same seed again: the same text, to the letter.</source>
        <translation>Derselbe Startwert noch einmal: derselbe Text, Buchstabe für Buchstabe.</translation>
    </message>
    <message>
        <source>New seed</source>
        <translation>Neuer Startwert</translation>
    </message>
    <message>
        <source>Another seed, and with it another text.</source>
        <translation>Ein anderer Startwert und damit ein anderer Text.</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copies the prompt and what was written after it.</source>
        <translation>Kopiert die Vorgabe und was danach geschrieben wurde.</translation>
    </message>
    <message>
        <source>Closes this lane and frees its memory.</source>
        <translation>Schließt diese Spur und gibt ihren Speicher frei.</translation>
    </message>
    <message>
        <source>Close lane %1</source>
        <translation>Spur %1 schließen</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Temperatur</translation>
    </message>
    <message>
        <source>T</source>
        <translation>T</translation>
    </message>
    <message>
        <source>Temperature, 0 to 100: logits are divided by it. Below 1 the likely tokens become likelier; 0 always takes the likeliest.</source>
        <translation>Temperatur, 0 bis 100: Logits werden durch sie geteilt. Unter 1 werden die wahrscheinlichen Token wahrscheinlicher; 0 nimmt stets das wahrscheinlichste.</translation>
    </message>
    <message>
        <source>Top-p</source>
        <translation>Top-p</translation>
    </message>
    <message>
        <source>p</source>
        <translation>p</translation>
    </message>
    <message>
        <source>Top-p, 0 to 1: draws from the likeliest tokens that have this probability together; 1: from all.</source>
        <translation>Top-p, 0 bis 1: zieht aus den wahrscheinlichsten Token, die zusammen diese Wahrscheinlichkeit haben; 1: aus allen.</translation>
    </message>
    <message>
        <source>Top-k</source>
        <translation>Top-k</translation>
    </message>
    <message>
        <source>k</source>
        <translation>k</translation>
    </message>
    <message>
        <source>Top-k, 0 and above: draws from so many likeliest tokens; 0: from all.</source>
        <translation>Top-k, ab 0: zieht aus so vielen wahrscheinlichsten Token; 0: aus allen.</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Startwert</translation>
    </message>
    <message>
        <source>seed</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>Of the draws: the same seed, prompt and settings give the same text, here and by triptych generate.</source>
        <translation>Der Ziehungen: gleicher Startwert, gleiche Vorgabe und gleiche Einstellungen ergeben denselben Text, hier und mit triptych generate.</translation>
    </message>
    <message>
        <source>New tokens</source>
        <translation>Neue Token</translation>
    </message>
    <message>
        <source>tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>How many tokens at most, 1 to %1. The text ends before where the model ends it or has no position left.</source>
        <translation>Wie viele Token höchstens, 1 bis %1. Der Text endet früher, wo das Modell ihn beendet oder keine Position mehr frei ist.</translation>
    </message>
    <message>
        <source>Text of lane %1</source>
        <translation>Text von Spur %1</translation>
    </message>
    <message>
        <source>The line below a token is the stronger, the more probable the token was. Point at a token, or go to one with the arrow keys: the tokens it looked at get a ground.</source>
        <translation>Die Linie unter einem Token ist umso kräftiger, je wahrscheinlicher es war. Auf ein Token zeigen oder mit den Pfeiltasten zu einem gehen: die Token, die es ansah, bekommen einen Grund.</translation>
    </message>
    <message>
        <source>step %1</source>
        <translation>Schritt %1</translation>
    </message>
    <message>
        <source>no checkpoint</source>
        <translation>kein Checkpoint</translation>
    </message>
    <message>
        <source>Other folder…</source>
        <translation>Anderer Ordner…</translation>
    </message>
    <message>
        <source>Folder of a checkpoint or of a run</source>
        <translation>Ordner eines Checkpoints oder eines Laufs</translation>
    </message>
    <message>
        <source>step %1 of %2</source>
        <translation>Schritt %1 von %2</translation>
    </message>
    <message>
        <source>reading the checkpoint…</source>
        <translation>der Checkpoint wird gelesen…</translation>
    </message>
    <message>
        <source>the run saves its weights…</source>
        <translation>der Lauf speichert seine Gewichte…</translation>
    </message>
    <message>
        <source>%1 tokens/s</source>
        <translation>%1 Token/s</translation>
    </message>
    <message>
        <source>%1 tokens</source>
        <translation>%1 Token</translation>
    </message>
    <message>
        <source>reads the prompt, %1 of %2 tokens</source>
        <translation>liest die Vorgabe, %1 von %2 Token</translation>
    </message>
    <message>
        <source>drafts right %1</source>
        <translation>Entwürfe richtig: %1</translation>
    </message>
    <message>
        <source>the model ended the text</source>
        <translation>das Modell beendete den Text</translation>
    </message>
    <message>
        <source>no position is left</source>
        <translation>keine Position mehr frei</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>The checkpoint is being read.</source>
        <translation>Der Checkpoint wird gelesen.</translation>
    </message>
    <message>
        <source>Enter in the prompt, or Generate: here the model goes on with it, token by token.</source>
        <translation>Enter in der Vorgabe oder Erzeugen: hier setzt das Modell sie fort, Token für Token.</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Ends the text after the next token.</source>
        <translation>Beendet den Text nach dem nächsten Token.</translation>
    </message>
    <message>
        <source>Goes on with the prompt (Enter in the prompt).</source>
        <translation>Setzt die Vorgabe fort (Enter in der Vorgabe).</translation>
    </message>
    <message>
        <source>Newest</source>
        <comment>weights</comment>
        <translation>Neueste</translation>
    </message>
</context>
<context>
    <name>triptych::PlaygroundPanel</name>
    <message>
        <source>Prompt</source>
        <translation>Vorgabe</translation>
    </message>
    <message>
        <source>A text for the model to go on with; Enter generates</source>
        <translation>Ein Text, den das Modell fortsetzt; Enter erzeugt</translation>
    </message>
    <message>
        <source>The text that the model goes on with. Enter generates in every open lane.
&lt;bos&gt; begins a new document.</source>
        <translation>Der Text, den das Modell fortsetzt. Enter erzeugt in jeder offenen Spur.
&lt;bos&gt; beginnt ein neues Dokument.</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>Compare with other settings or another checkpoint</source>
        <translation>Mit anderen Einstellungen oder einem anderen Checkpoint vergleichen</translation>
    </message>
    <message>
        <source>Opens a second lane: the same prompt with other settings or another checkpoint.</source>
        <translation>Öffnet eine zweite Spur: dieselbe Vorgabe mit anderen Einstellungen oder einem anderen Checkpoint.</translation>
    </message>
    <message>
        <source>with other settings or another checkpoint</source>
        <translation>mit anderen Einstellungen oder einem anderen Checkpoint</translation>
    </message>
    <message>
        <source>Here a checkpoint writes.
Start or open a run, or choose “Other folder…” in the list above.</source>
        <translation>Hier schreibt ein Checkpoint.
Einen Lauf starten oder öffnen, oder „Anderer Ordner…“ in der Liste oben wählen.</translation>
    </message>
    <message>
        <source>This run has no folder, so its weights are never saved and cannot write.
Start one with Train, which gives it a folder, or choose another folder in the list above.</source>
        <translation>Dieser Lauf hat keinen Ordner, also werden seine Gewichte nie gespeichert und können nicht schreiben.
Mit Trainieren einen starten, der einen Ordner bekommt, oder oben in der Liste einen anderen Ordner wählen.</translation>
    </message>
    <message>
        <source>This run has saved no checkpoint yet.
“Newest weights” has it save one now, and takes it.</source>
        <translation>Dieser Lauf hat noch keinen Checkpoint gespeichert.
„Neueste Gewichte“ lässt ihn jetzt einen speichern und nimmt ihn.</translation>
    </message>
    <message>
        <source>This run has no checkpoint.
Resume it: a run saves when it is stopped. Or choose another folder above.</source>
        <translation>Dieser Lauf hat keinen Checkpoint.
Ihn fortsetzen: ein Lauf speichert beim Anhalten. Oder oben einen anderen Ordner wählen.</translation>
    </message>
    <message>
        <source>prompt</source>
        <translation>Vorgabe</translation>
    </message>
    <message>
        <source>model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Tokens of lane %1</source>
        <translation>Token von Spur %1</translation>
    </message>
    <message>
        <source>position</source>
        <translation>Position</translation>
    </message>
    <message>
        <source>token</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>number</source>
        <translation>Nummer</translation>
    </message>
    <message>
        <source>written by</source>
        <translation>geschrieben von</translation>
    </message>
    <message>
        <source>probability</source>
        <translation>Wahrscheinlichkeit</translation>
    </message>
    <message>
        <source>draft</source>
        <translation>Entwurf</translation>
    </message>
    <message>
        <source>probability of the draft</source>
        <translation>Wahrscheinlichkeit des Entwurfs</translation>
    </message>
    <message>
        <source>first %1 characters</source>
        <translation>die ersten %1 Zeichen</translation>
    </message>
    <message>
        <source>The field is full: what comes after them was not taken.</source>
        <translation>Das Feld ist voll: Was danach kommt, wurde nicht übernommen.</translation>
    </message>
    <message>
        <source>The likeliest at each place of lane %1</source>
        <translation>Das Wahrscheinlichste an jeder Stelle von Spur %1</translation>
    </message>
    <message>
        <source>rank</source>
        <translation>Rang</translation>
    </message>
    <message>
        <source>could have been</source>
        <translation>hätte sein können</translation>
    </message>
</context>
<context>
    <name>triptych::PositionBars</name>
    <message>
        <source>Accepted drafts by position in the sequence</source>
        <translation>Angenommene Entwürfe nach Position in der Sequenz</translation>
    </message>
    <message>
        <source>beginning of the sequence</source>
        <translation>Anfang der Sequenz</translation>
    </message>
    <message>
        <source>end</source>
        <translation>Ende</translation>
    </message>
    <message>
        <source>Part %1 of %2 of a sequence</source>
        <translation>Teil %1 von %2 einer Sequenz</translation>
    </message>
    <message>
        <source>MTP %1: %2 of %3 drafts accepted, %4</source>
        <translation>MTP %1: %2 von %3 Entwürfen angenommen, %4</translation>
    </message>
    <message>
        <source>MTP %1: no drafts</source>
        <translation>MTP %1: keine Entwürfe</translation>
    </message>
</context>
<context>
    <name>triptych::PredellaPanel</name>
    <message>
        <source>Log</source>
        <translation>Log</translation>
    </message>
    <message>
        <source>Over</source>
        <translation>Über</translation>
    </message>
    <message>
        <source>What the curves stand over</source>
        <translation>Worüber die Kurven stehen</translation>
    </message>
    <message>
        <source>What the curves stand over. What is in sight stays in sight.</source>
        <translation>Worüber die Kurven stehen. Was zu sehen ist, bleibt zu sehen.</translation>
    </message>
    <message>
        <source>Cards with…</source>
        <translation>Karten mit…</translation>
    </message>
    <message>
        <source>Show only cards whose metrics have these words</source>
        <translation>Nur Karten zeigen, deren Messwerte diese Wörter haben</translation>
    </message>
    <message>
        <source>Shows only cards whose metrics have all of these words. Esc shows all again.</source>
        <translation>Zeigt nur Karten, deren Messwerte alle diese Wörter haben. Esc zeigt wieder alle.</translation>
    </message>
    <message>
        <source>Logarithmic values. L switches the card that has the focus alone.</source>
        <translation>Logarithmische Werte. L schaltet nur die Karte mit dem Fokus um.</translation>
    </message>
    <message>
        <source>+ Series</source>
        <translation>+ Kurve</translation>
    </message>
    <message>
        <source>Adds cards of any metric of the runs in view.</source>
        <translation>Fügt Karten mit beliebigen Messwerten der sichtbaren Läufe hinzu.</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>Werte</translation>
    </message>
    <message>
        <source>Values of all curves at the crosshair. The nearest to the mouse first.</source>
        <translation>Werte aller Kurven am Fadenkreuz. Zuerst die der Maus nächste.</translation>
    </message>
    <message>
        <source>More about the cards.</source>
        <translation>Mehr zu den Karten.</translation>
    </message>
    <message>
        <source>Filter the cards…	Ctrl+F</source>
        <translation>Die Karten filtern…	Strg+F</translation>
    </message>
    <message>
        <source>Group by run, layers, MTP, domains</source>
        <translation>Gruppieren nach Lauf, Schichten, MTP, Domänen</translation>
    </message>
    <message>
        <source>All cards again</source>
        <translation>Wieder alle Karten</translation>
    </message>
    <message>
        <source>Loss, throughput and money alone</source>
        <translation>Nur Loss, Durchsatz und Geld</translation>
    </message>
    <message>
        <source>Add curves of a metric</source>
        <translation>Kurven eines Messwerts hinzufügen</translation>
    </message>
    <message>
        <source>Filter the cards of curves</source>
        <translation>Die Karten der Kurven filtern</translation>
    </message>
    <message>
        <source>Smoothing of the curves</source>
        <translation>Glättung der Kurven</translation>
    </message>
    <message>
        <source>Logarithmic curves</source>
        <translation>Logarithmische Kurven</translation>
    </message>
    <message>
        <source>Curves of the whole run</source>
        <translation>Kurven des ganzen Laufs</translation>
    </message>
    <message>
        <source>Let curves follow the newest step</source>
        <translation>Kurven dem neuesten Schritt folgen lassen</translation>
    </message>
    <message>
        <source>Pin the crosshair, with the table of values</source>
        <translation>Das Fadenkreuz anheften, mit der Tabelle der Werte</translation>
    </message>
    <message>
        <source>step %1: %2 became %3</source>
        <translation>Schritt %1: %2 wurde %3</translation>
    </message>
    <message>
        <source>Cards</source>
        <translation>Karten</translation>
    </message>
</context>
<context>
    <name>triptych::PriceModel</name>
    <message>
        <source>set by you</source>
        <translation>von Ihnen gesetzt</translation>
    </message>
    <message>
        <source>%1: %2, %3</source>
        <comment>basis of a price, source, date</comment>
        <translation>%1: %2, %3</translation>
    </message>
    <message>
        <source>%1 – %2</source>
        <comment>a range</comment>
        <translation>%1 – %2</translation>
    </message>
    <message>
        <source>Formulas call it %1.</source>
        <translation>In Formeln heißt es %1.</translation>
    </message>
    <message>
        <source>price or quantity</source>
        <translation>Preis oder Menge</translation>
    </message>
    <message>
        <source>value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>unit</source>
        <translation>Einheit</translation>
    </message>
    <message>
        <source>plausible range</source>
        <translation>plausibler Bereich</translation>
    </message>
    <message>
        <source>source and date</source>
        <translation>Quelle und Datum</translation>
    </message>
    <message>
        <source>&quot;%1&quot; is no number.</source>
        <translation>„%1“ ist keine Zahl.</translation>
    </message>
    <message>
        <source>Plausible range: %1</source>
        <translation>Plausibler Bereich: %1</translation>
    </message>
</context>
<context>
    <name>triptych::ProbeEdit</name>
    <message>
        <source>Probe text</source>
        <translation>Prüftext</translation>
    </message>
    <message>
        <source>The text that all three wings show.
The model reads it every few steps, and at once when you change it.</source>
        <translation>Der Text, den alle drei Flügel zeigen.
Das Modell liest ihn alle paar Schritte, und sofort, wenn er geändert wird.</translation>
    </message>
    <message>
        <source>No run is live, so there is no model to read another text.
Start a run, then write here.</source>
        <translation>Kein Lauf ist live, also gibt es kein Modell, das einen anderen Text lesen könnte.
Einen Lauf starten, dann hier schreiben.</translation>
    </message>
    <message>
        <source>first %1 of %2 tokens</source>
        <comment>the rest of the text is not read</comment>
        <translation>die ersten %1 von %2 Token</translation>
    </message>
    <message>
        <source>%1 of at most %2 tokens</source>
        <translation>%1 von höchstens %2 Token</translation>
    </message>
    <message>
        <source>first %1 of at least %2 tokens</source>
        <comment>the rest of the text is not read</comment>
        <translation>die ersten %1 von mindestens %2 Token</translation>
    </message>
    <message>
        <source>The text as it was read at the step that is shown.
Back to live, then write here.</source>
        <translation>Der Text, wie er bei dem gezeigten Schritt gelesen wurde.
Zurück zu live, dann hier schreiben.</translation>
    </message>
</context>
<context>
    <name>triptych::RankBars</name>
    <message>
        <source>%1: %2 of %3</source>
        <translation>%1: %2 von %3</translation>
    </message>
    <message>
        <source>at most %1</source>
        <translation>höchstens %1</translation>
    </message>
    <message>
        <source>%1: %2 of %3
</source>
        <translation>%1: %2 von %3
</translation>
    </message>
</context>
<context>
    <name>triptych::RecordedFeed</name>
    <message>
        <source>process %1</source>
        <translation>Prozess %1</translation>
    </message>
    <message>
        <source>process %1 on %2</source>
        <translation>Prozess %1 auf %2</translation>
    </message>
</context>
<context>
    <name>triptych::RegionModel</name>
    <message>
        <source>%1
%2 bytes, %3 of all</source>
        <translation>%1
%2 Bytes, %3 von allem</translation>
    </message>
    <message>
        <source>memory</source>
        <translation>Speicher</translation>
    </message>
    <message>
        <source>bytes</source>
        <translation>Bytes</translation>
    </message>
    <message>
        <source>share</source>
        <translation>Anteil</translation>
    </message>
</context>
<context>
    <name>triptych::ReportDialog</name>
    <message>
        <source>Tick a run.</source>
        <translation>Wählen Sie einen Lauf aus.</translation>
    </message>
    <message>
        <source>The report needs a file.</source>
        <translation>Der Bericht braucht eine Datei.</translation>
    </message>
    <message>
        <source>%1 is a folder: name a file in it.</source>
        <translation>%1 ist ein Ordner: Nennen Sie eine Datei darin.</translation>
    </message>
    <message>
        <source>There is a file of this name already. “Replace” writes over it.</source>
        <translation>Eine Datei dieses Namens gibt es schon. „Ersetzen“ überschreibt sie.</translation>
    </message>
    <message>
        <source>The report of one run: all its chapters, and every assumption of its price.</source>
        <translation>Der Bericht über einen Lauf: alle Kapitel und jede Annahme hinter seinem Preis.</translation>
    </message>
    <message>
        <source>A comparison of %1 runs: what they differ in, then their numbers and curves side by side.</source>
        <translation>Ein Vergleich von %1 Läufen: worin sie sich unterscheiden, dann ihre Zahlen und Kurven nebeneinander.</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Saved: %1, %2.</source>
        <translation>Gespeichert: %1, %2.</translation>
    </message>
    <message>
        <source>Not all could be read: %1</source>
        <translation>Nicht alles war lesbar: %1</translation>
    </message>
    <message>
        <source>Writing %1 …</source>
        <translation>%1 wird geschrieben …</translation>
    </message>
    <message>
        <source>A file of this name has come meanwhile. “Replace” writes over it.</source>
        <translation>Inzwischen gibt es eine Datei dieses Namens. „Ersetzen“ überschreibt sie.</translation>
    </message>
    <message>
        <source>The desktop has no program that opens %1.</source>
        <translation>Der Desktop hat kein Programm, das %1 öffnet.</translation>
    </message>
    <message>
        <source>Numbered pages to read, to print and to send, with every figure.</source>
        <translation>Nummerierte Seiten zum Lesen, Drucken und Verschicken, mit allen Abbildungen.</translation>
    </message>
    <message>
        <source>The same as one page for a browser, light or dark; it loads nothing from elsewhere.</source>
        <translation>Dasselbe als eine Seite für den Browser, hell oder dunkel; sie lädt nichts nach.</translation>
    </message>
    <message>
        <source>The curves as one table for spreadsheets and scripts, in English.</source>
        <translation>Die Kurven als eine Tabelle für Tabellenprogramme und Skripte, auf Englisch.</translation>
    </message>
    <message>
        <source>All numbers and texts of the report for programs, in English.</source>
        <translation>Alle Zahlen und Texte des Berichts für Programme, auf Englisch.</translation>
    </message>
    <message>
        <source>Export a report</source>
        <translation>Bericht exportieren</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>As</source>
        <translation>Als</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>Titel</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>The run that is shown, and those that are checked in the page Runs to be compared with it</source>
        <translation>Der gezeigte Lauf und die, die auf der Seite „Läufe“ zum Vergleich mit ihm angekreuzt sind</translation>
    </message>
    <message>
        <source>Made of the names of the runs where nothing is written here</source>
        <translation>Aus den Namen der Läufe, wenn hier nichts steht</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <source>Choose the file</source>
        <translation>Datei wählen</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>%1 files (*.%2)</source>
        <translation>%1-Dateien (*.%2)</translation>
    </message>
    <message>
        <source>The file will be called %1.</source>
        <translation>Die Datei wird %1 heißen.</translation>
    </message>
    <message>
        <source>its numbers, series %1 of %2</source>
        <translation>seine Zahlen, Reihe %1 von %2</translation>
    </message>
    <message>
        <source>its numbers</source>
        <translation>seine Zahlen</translation>
    </message>
    <message>
        <source>its curves, %1 of %2</source>
        <translation>seine Kurven, %1 von %2</translation>
    </message>
    <message>
        <source>its curves</source>
        <translation>seine Kurven</translation>
    </message>
    <message>
        <source>what its experts did</source>
        <translation>was seine Experten taten</translation>
    </message>
    <message>
        <source>what its heads looked at</source>
        <translation>wohin seine Köpfe schauten</translation>
    </message>
    <message>
        <source>its settings and prices</source>
        <translation>seine Einstellungen und Preise</translation>
    </message>
    <message>
        <source>Reading %1: %2 …</source>
        <translation>%1 wird gelesen: %2 …</translation>
    </message>
    <message>
        <source>Reading %1, run %2 of %3: %4 …</source>
        <translation>%1 wird gelesen, Lauf %2 von %3: %4 …</translation>
    </message>
    <message>
        <source>Setting the pages …</source>
        <translation>Die Seiten werden gesetzt …</translation>
    </message>
    <message>
        <source>Drawing page %1 of %2 …</source>
        <translation>Seite %1 von %2 wird gezeichnet …</translation>
    </message>
    <message>
        <source>Drawing chapter %1 of %2 …</source>
        <translation>Kapitel %1 von %2 wird gezeichnet …</translation>
    </message>
</context>
<context>
    <name>triptych::RoutedLayers</name>
    <message>
        <source>Layer</source>
        <translation>Schicht</translation>
    </message>
</context>
<context>
    <name>triptych::RoutingHands</name>
    <message>
        <source>Force balance</source>
        <translation>Balance erzwingen</translation>
    </message>
    <message>
        <source>Take everything back</source>
        <translation>Alles zurück</translation>
    </message>
    <message>
        <source>forced balance requested</source>
        <translation>erzwungen: verlangt</translation>
    </message>
    <message>
        <source>learned balance requested</source>
        <translation>gelernt: verlangt</translation>
    </message>
    <message>
        <source>all back requested</source>
        <translation>alles zurück: verlangt</translation>
    </message>
    <message>
        <source>forced, %1 off</source>
        <translation>erzwungen, %1 aus</translation>
    </message>
    <message>
        <source>forced</source>
        <translation>erzwungen</translation>
    </message>
    <message>
        <source>%1 off</source>
        <translation>%1 aus</translation>
    </message>
    <message>
        <source>learned, all on</source>
        <translation>gelernt, alle an</translation>
    </message>
    <message>
        <source>The training takes it over before its next step.</source>
        <translation>Das Training übernimmt es vor seinem nächsten Schritt.</translation>
    </message>
    <message>
        <source>Deals the experts out in turn, whatever the gate says; weights stay the model&apos;s own. Shows what perfect balance is worth.</source>
        <translation>Teilt die Experten der Reihe nach zu, was auch immer das Gate sagt; die Gewichte bleiben die des Modells. Zeigt, was ein vollkommenes Gleichgewicht wert ist.</translation>
    </message>
    <message>
        <source>All experts on, balance learned. Biases and active experts stay as they are.</source>
        <translation>Alle Experten an, das Gleichgewicht gelernt. Biases und aktive Experten bleiben, wie sie sind.</translation>
    </message>
</context>
<context>
    <name>triptych::RunChooser</name>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>A preset or a config.json with the keys of deepseek_v3.</source>
        <translation>Ein Preset oder eine config.json mit den Schlüsseln von deepseek_v3.</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>Built-in texts, a text file, or a folder of them.</source>
        <translation>Eingebaute Texte, eine Textdatei oder ein Ordner davon.</translation>
    </message>
    <message>
        <source>Balancing</source>
        <translation>Ausgleich</translation>
    </message>
    <message>
        <source>How tokens choose their experts, and what keeps the experts in use.</source>
        <translation>Wie Token ihre Experten wählen und was die Experten in Gebrauch hält.</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>Trainieren</translation>
    </message>
    <message>
        <source>Starts a new run with this model, data and balancing. The run that goes on is saved and ended.</source>
        <translation>Startet einen neuen Lauf mit diesem Modell, diesen Daten und diesem Ausgleich. Der laufende wird gespeichert und beendet.</translation>
    </message>
    <message>
        <source>%1 parameters, %2 experts of which %3 a token</source>
        <translation>%1 Parameter, %2 Experten, davon %3 je Token</translation>
    </message>
    <message>
        <source>Other config.json…</source>
        <translation>Andere config.json…</translation>
    </message>
    <message>
        <source>Built-in, mixed</source>
        <translation>Eingebaut, gemischt</translation>
    </message>
    <message>
        <source>All built-in domains in equal shares, labelled, so that experts can specialise.</source>
        <translation>Alle eingebauten Domänen zu gleichen Teilen, beschriftet, damit Experten sich spezialisieren können.</translation>
    </message>
    <message>
        <source>Built-in, %1</source>
        <translation>Eingebaut, %1</translation>
    </message>
    <message>
        <source>Text file…</source>
        <translation>Textdatei…</translation>
    </message>
    <message>
        <source>Folder of texts…</source>
        <translation>Ordner mit Texten…</translation>
    </message>
    <message>
        <source>Folder of texts</source>
        <translation>Ordner mit Texten</translation>
    </message>
    <message>
        <source>Model configuration</source>
        <translation>Modellkonfiguration</translation>
    </message>
    <message>
        <source>Model configuration (*.json)</source>
        <translation>Modellkonfiguration (*.json)</translation>
    </message>
    <message>
        <source>Text file</source>
        <translation>Textdatei</translation>
    </message>
</context>
<context>
    <name>triptych::RunController</name>
    <message>
        <source>Train</source>
        <translation>Trainieren</translation>
    </message>
    <message>
        <source>Train, or go on with the run that is shown</source>
        <translation>Trainieren, oder den gezeigten Lauf fortsetzen</translation>
    </message>
    <message>
        <source>One step</source>
        <translation>Ein Schritt</translation>
    </message>
    <message>
        <source>One optimizer step, then pause</source>
        <translation>Ein Optimierungsschritt, dann Pause</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Save a checkpoint and end the run</source>
        <translation>Einen Checkpoint speichern und den Lauf beenden</translation>
    </message>
    <message>
        <source>Start over</source>
        <translation>Von vorn</translation>
    </message>
    <message>
        <source>The same model and data from the first step, as a new run</source>
        <translation>Dasselbe Modell und dieselben Daten ab dem ersten Schritt, als neuer Lauf</translation>
    </message>
    <message>
        <source>Save a checkpoint</source>
        <translation>Checkpoint speichern</translation>
    </message>
    <message>
        <source>Save a checkpoint now and go on</source>
        <translation>Jetzt einen Checkpoint speichern und weitermachen</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Hands off: %1 trains this run. It can be gone on with here when that has ended.</source>
        <translation>Hände weg: %1 trainiert diesen Lauf. Hier geht es mit ihm weiter, wenn das zu Ende ist.</translation>
    </message>
</context>
<context>
    <name>triptych::RunDifferenceModel</name>
    <message>
        <source>Setting</source>
        <translation>Einstellung</translation>
    </message>
</context>
<context>
    <name>triptych::RunReadouts</name>
    <message>
        <source>%1
Mean of the last 20 steps; in step %2 alone: %3.</source>
        <translation>%1
Mittel der letzten 20 Schritte; in Schritt %2 allein: %3.</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>%1 h</source>
        <translation>%1 h</translation>
    </message>
    <message>
        <source>%1 days</source>
        <translation>%1 Tage</translation>
    </message>
    <message>
        <source>step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>loss</source>
        <translation>Loss</translation>
    </message>
    <message>
        <source>nats</source>
        <translation>nats</translation>
    </message>
    <message>
        <source>throughput</source>
        <translation>Durchsatz</translation>
    </message>
    <message>
        <source>tok/s</source>
        <translation>Tok/s</translation>
    </message>
    <message>
        <source>share of peak</source>
        <translation>vom Max.</translation>
    </message>
    <message>
        <source>MaxVio</source>
        <translation>MaxVio</translation>
    </message>
    <message>
        <source>headline</source>
        <translation>Schlagzeile</translation>
    </message>
    <message>
        <source>full cost</source>
        <translation>Vollkosten</translation>
    </message>
    <message>
        <source>Optimizer steps done, and how many are planned. One step trains on batch × sequence length tokens.</source>
        <translation>Getane Optimierungsschritte, und wie viele geplant sind. Ein Schritt trainiert auf Batch × Sequenzlänge Token.</translation>
    </message>
    <message>
        <source>At this pace the plan is done in %1.</source>
        <translation>In diesem Tempo ist der Plan in %1 erfüllt.</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>noch %1</translation>
    </message>
    <message>
        <source>now %1</source>
        <translation>jetzt %1</translation>
    </message>
    <message>
        <source>%1 / %2</source>
        <comment>steps done, planned</comment>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>Cross entropy of the main model on the tokens it trains on, in nats per token. What is minimised adds λ/D × sum of the MTP losses and the balance loss (DeepSeek-V3 report, eq. 17, 24 and 25): %1.</source>
        <translation>Kreuzentropie des Hauptmodells auf den trainierten Token, in nats je Token. Was minimiert wird, kommt mit λ/D × Summe der MTP-Losses und dem Balance-Loss dazu (Bericht zu DeepSeek-V3, Gl. 17, 24 und 25): %1.</translation>
    </message>
    <message>
        <source>Tokens of a step over its wall time.</source>
        <translation>Token eines Schritts durch seine Wanduhrzeit.</translation>
    </message>
    <message>
        <source>How far the busiest expert is above the mean load: max load / mean load − 1, mean over the layers (arXiv 2408.15664, eq. 4). 0 is perfectly even.</source>
        <translation>Wie weit der am stärksten belastete Experte über der mittleren Last ist: größte Last / mittlere Last − 1, gemittelt über die Schichten (arXiv 2408.15664, Gl. 4). 0 ist völlig gleichmäßig.</translation>
    </message>
    <message>
        <source>Model FLOPs utilisation: 3 × forward FLOPs per token (causal, MTP included) × tokens/s, divided by the rate of %1 matrix products measured on this machine when the run began.</source>
        <translation>Ausnutzung der Modell-FLOPs: 3 × Vorwärts-FLOPs je Token (kausal, mit MTP) × Token/s, durch die Rate der %1-Matrixprodukte, die auf dieser Maschine zu Beginn des Laufs gemessen wurde.</translation>
    </message>
</context>
<context>
    <name>triptych::RunTableModel</name>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>%1 min</source>
        <translation>%1 min</translation>
    </message>
    <message>
        <source>no answer for %1</source>
        <translation>seit %1 keine Antwort</translation>
    </message>
    <message>
        <source>trains here</source>
        <translation>trainiert hier</translation>
    </message>
    <message>
        <source>process %1, %2 ago</source>
        <translation>Prozess %1, vor %2</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>fertig</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>angehalten</translation>
    </message>
    <message>
        <source>failed: %1</source>
        <translation>gescheitert: %1</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>unterbrochen</translation>
    </message>
    <message>
        <source>ended</source>
        <translation>beendet</translation>
    </message>
    <message>
        <source>%1 at step %2</source>
        <comment>a run forked from another</comment>
        <translation>%1 bei Schritt %2</translation>
    </message>
    <message>
        <source>This run is shown in the whole window.</source>
        <translation>Dieser Lauf wird im ganzen Fenster gezeigt.</translation>
    </message>
    <message>
        <source>Check it to draw its curves beside those of the run that is shown. Enter or a double click shows it in the whole window.</source>
        <translation>Ankreuzen zeichnet seine Kurven neben die des gezeigten Laufs. Enter oder ein Doppelklick zeigt ihn im ganzen Fenster.</translation>
    </message>
    <message>
        <source>Trained by %1</source>
        <translation>Trainiert von %1</translation>
    </message>
    <message>
        <source>Followed: its files were looked at %1 ago.</source>
        <translation>Verfolgt: vor %1 wurden seine Dateien angesehen.</translation>
    </message>
    <message>
        <source>Rented: device-hours × rental price. In full, with all that such a machine costs: %1</source>
        <translation>Gemietet: Gerätestunden × Mietpreis. Voll gerechnet, mit allem, was eine solche Maschine kostet: %1</translation>
    </message>
    <message>
        <source>Began with the checkpoint of step %1 of %2</source>
        <translation>Begann mit dem Checkpoint von Schritt %1 von %2</translation>
    </message>
    <message>
        <source>Double click or F2 to write tags, with commas between them.</source>
        <translation>Doppelklick oder F2, um Tags zu schreiben, mit Kommas dazwischen.</translation>
    </message>
    <message>
        <source>Double click or F2 to write notes.</source>
        <translation>Doppelklick oder F2, um Notizen zu schreiben.</translation>
    </message>
    <message>
        <source>%1, drawn</source>
        <translation>%1, gezeichnet</translation>
    </message>
    <message>
        <source>Run</source>
        <translation>Lauf</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>Last</source>
        <translation>Zuletzt</translation>
    </message>
    <message>
        <source>Lowest</source>
        <translation>Min.</translation>
    </message>
    <message>
        <source>Highest</source>
        <translation>Max.</translation>
    </message>
    <message>
        <source>At %1</source>
        <translation>Bei %1</translation>
    </message>
    <message>
        <source>At step</source>
        <translation>Bei Schritt</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>Daten</translation>
    </message>
    <message>
        <source>Begun</source>
        <translation>Begonnen</translation>
    </message>
    <message>
        <source>Forked from</source>
        <translation>Fork von</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Tags</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notizen</translation>
    </message>
    <message>
        <source>Mean of the %1 values of the run, each with the same weight.</source>
        <translation>Mittel der %1 Werte des Laufs, jeder mit gleichem Gewicht.</translation>
    </message>
    <message>
        <source>%1 values are no finite numbers and left out.</source>
        <translation>%1 Werte sind keine endlichen Zahlen und bleiben außen vor.</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>Mittel</translation>
    </message>
    <message>
        <source>Money, %1</source>
        <comment>a currency</comment>
        <translation>Geld, %1</translation>
    </message>
</context>
<context>
    <name>triptych::RunsPanel</name>
    <message>
        <source>Runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>Settings that differ</source>
        <translation>Unterschiedliche Einstellungen</translation>
    </message>
    <message>
        <source>Find a run</source>
        <translation>Einen Lauf finden</translation>
    </message>
    <message>
        <source>Go to the filter of the runs</source>
        <translation>Zum Filter der Läufe</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Show this run in the whole window (Enter)</source>
        <translation>Diesen Lauf im ganzen Fenster zeigen (Enter)</translation>
    </message>
    <message>
        <source>Pin</source>
        <translation>Anheften</translation>
    </message>
    <message>
        <source>Keep this run above the others, or let it go</source>
        <translation>Diesen Lauf über den anderen halten, oder ihn loslassen</translation>
    </message>
    <message>
        <source>Fork…</source>
        <translation>Fork…</translation>
    </message>
    <message>
        <source>A new run that begins with a checkpoint of this one, with other settings</source>
        <translation>Ein neuer Lauf, der mit einem Checkpoint dieses Laufs beginnt, mit anderen Einstellungen</translation>
    </message>
    <message>
        <source>Add…</source>
        <translation>Ordner…</translation>
    </message>
    <message>
        <source>A run, or a folder of runs, from anywhere; mounted folders of other machines too. Folders can be dropped here as well.</source>
        <translation>Ein Lauf oder ein Ordner mit Läufen, von überall her; auch eingebundene Ordner anderer Maschinen. Ordner lassen sich auch hier ablegen.</translation>
    </message>
    <message>
        <source>Diff</source>
        <translation>Diff</translation>
    </message>
    <message>
        <source>In which settings the checked runs differ</source>
        <translation>In welchen Einstellungen sich die angekreuzten Läufe unterscheiden</translation>
    </message>
    <message>
        <source>Settings in which the checked runs differ</source>
        <translation>Einstellungen, in denen sich die angekreuzten Läufe unterscheiden</translation>
    </message>
    <message>
        <source>process 99999, 3 s ago</source>
        <translation>Prozess 99999, vor 3 s</translation>
    </message>
    <message>
        <source>Filter (/)</source>
        <translation>Filter (/)</translation>
    </message>
    <message>
        <source>Filter of the runs</source>
        <translation>Filter der Läufe</translation>
    </message>
    <message>
        <source>Shows the runs that have all these words in name, state, model, data, tags or notes.</source>
        <translation>Zeigt die Läufe, die alle diese Wörter in Name, Zustand, Modell, Daten, Tags oder Notizen haben.</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
    <message>
        <source>Which columns are shown</source>
        <translation>Welche Spalten gezeigt werden</translation>
    </message>
    <message>
        <source>1 run</source>
        <translation>1 Lauf</translation>
    </message>
    <message>
        <source>%1 runs</source>
        <translation>%1 Läufe</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>runs</comment>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>, %1 compared</source>
        <translation>, %1 im Vergleich</translation>
    </message>
    <message>
        <source>No run has these words.</source>
        <translation>Kein Lauf hat diese Wörter.</translation>
    </message>
    <message>
        <source>Your runs are listed here, with what they reached: those of this program, those in the folder runs, and any that you add or drop.</source>
        <translation>Hier stehen Ihre Läufe mit dem, was sie erreicht haben: die dieses Programms, die im Ordner runs und alle, die hinzugefügt oder hier abgelegt werden.</translation>
    </message>
    <message>
        <source>Check two or more runs to see in which settings they differ.</source>
        <translation>Zwei oder mehr Läufe ankreuzen, um zu sehen, in welchen Einstellungen sie sich unterscheiden.</translation>
    </message>
    <message>
        <source>These runs were started with the same settings.</source>
        <translation>Diese Läufe wurden mit denselben Einstellungen gestartet.</translation>
    </message>
    <message>
        <source>A run, or a folder of runs</source>
        <translation>Ein Lauf oder ein Ordner mit Läufen</translation>
    </message>
    <message>
        <source>Runs that the filter lets through, of all that are known here.</source>
        <translation>Läufe, die der Filter durchlässt, von allen, die hier bekannt sind.</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>unterbrochen</translation>
    </message>
    <message>
        <source>What last, lowest, highest and mean are of</source>
        <translation>Wovon letzter, kleinster, größter und mittlerer Wert sind</translation>
    </message>
    <message>
        <source>What the columns Last, Lowest, Highest, Mean and At step are of</source>
        <translation>Wovon die Spalten Zuletzt, Min., Max., Mittel und Bei Schritt sind</translation>
    </message>
</context>
<context>
    <name>triptych::ScatterPlot</name>
    <message numerus="yes">
        <source>%n points</source>
        <translation>
            <numerusform>%n Punkt</numerusform>
            <numerusform>%n Punkte</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>triptych::Scrubber</name>
    <message>
        <source>One frame back</source>
        <translation>Ein Bild zurück</translation>
    </message>
    <message>
        <source>One frame on</source>
        <translation>Ein Bild weiter</translation>
    </message>
    <message>
        <source>Ten frames back</source>
        <translation>Zehn Bilder zurück</translation>
    </message>
    <message>
        <source>Ten frames on</source>
        <translation>Zehn Bilder weiter</translation>
    </message>
    <message>
        <source>Back to the newest step</source>
        <translation>Zurück zum neuesten Schritt</translation>
    </message>
    <message>
        <source>● Live</source>
        <translation>● Live</translation>
    </message>
    <message>
        <source>● Newest</source>
        <translation>● Neuester</translation>
    </message>
    <message>
        <source>○ step %1</source>
        <translation>○ Schritt %1</translation>
    </message>
    <message>
        <source>The window shows this step; the training goes on. Press to see the newest step again (\).</source>
        <translation>Das Fenster zeigt diesen Schritt; das Training geht weiter. Drücken zeigt wieder den neuesten Schritt (\).</translation>
    </message>
    <message>
        <source>The window shows this step. Press to see the newest one again (\).</source>
        <translation>Das Fenster zeigt diesen Schritt. Drücken zeigt wieder den neuesten (\).</translation>
    </message>
    <message>
        <source>The window shows the newest step. Drag the knob, or press [ and ], to look back.</source>
        <translation>Das Fenster zeigt den neuesten Schritt. Den Knopf ziehen oder [ und ] drücken, um zurückzublicken.</translation>
    </message>
    <message>
        <source>The run is not training; the window shows its last step. Drag the knob, or press [ and ], to look back.</source>
        <translation>Der Lauf trainiert nicht; das Fenster zeigt seinen letzten Schritt. Den Knopf ziehen oder [ und ] drücken, um zurückzublicken.</translation>
    </message>
</context>
<context>
    <name>triptych::SeriesChooser</name>
    <message>
        <source>Find a metric: &quot;vio layer 3&quot;</source>
        <translation>Einen Messwert finden: „vio Schicht 3“</translation>
    </message>
    <message>
        <source>Find a metric</source>
        <translation>Einen Messwert finden</translation>
    </message>
    <message>
        <source>Metrics of the runs in view</source>
        <translation>Messwerte der sichtbaren Läufe</translation>
    </message>
    <message>
        <source>Metric</source>
        <translation>Messwert</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>Einheit</translation>
    </message>
    <message>
        <source>What it is</source>
        <translation>Was es ist</translation>
    </message>
    <message>
        <source>As one card</source>
        <translation>Als eine Karte</translation>
    </message>
    <message>
        <source>All that is marked, over one axis: what has another unit than the first is told as a number beside the curves. At most %1.</source>
        <translation>Alles Markierte über einer Achse: was eine andere Einheit als das Erste hat, steht als Zahl neben den Kurven. Höchstens %1.</translation>
    </message>
    <message>
        <source>Add %1 cards</source>
        <translation>%1 Karten hinzufügen</translation>
    </message>
    <message>
        <source>Add the card</source>
        <translation>Die Karte hinzufügen</translation>
    </message>
    <message>
        <source>Metrics appear here when a run records them.</source>
        <translation>Messwerte erscheinen hier, wenn ein Lauf sie aufzeichnet.</translation>
    </message>
    <message>
        <source>Space marks, Enter adds. The row of all layers is their median with the band from the smallest to the largest.</source>
        <translation>Leertaste markiert, Enter fügt hinzu. Die Zeile aller Schichten ist ihr Median mit dem Band vom kleinsten zum größten.</translation>
    </message>
</context>
<context>
    <name>triptych::SeriesHub</name>
    <message>
        <source>this run</source>
        <translation>dieser Lauf</translation>
    </message>
</context>
<context>
    <name>triptych::SettingCompleter</name>
    <message>
        <source>%1, now %2</source>
        <comment>a setting and its value</comment>
        <translation>%1, jetzt %2</translation>
    </message>
    <message>
        <source>%1, as it is</source>
        <comment>a value of a setting</comment>
        <translation>%1, wie es ist</translation>
    </message>
</context>
<context>
    <name>triptych::SettingsButton</name>
    <message>
        <source>Settings of the training that runs</source>
        <translation>Einstellungen des laufenden Trainings</translation>
    </message>
    <message>
        <source>lr %1</source>
        <translation>LR %1</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>in force</source>
        <translation>gilt</translation>
    </message>
    <message>
        <source>one is requested</source>
        <translation>eine ist verlangt</translation>
    </message>
    <message>
        <source>one was refused</source>
        <translation>eine wurde abgelehnt</translation>
    </message>
    <message>
        <source>Learning rate, γ of the balancing, α of the balance loss, λ of MTP and K′, how many experts a token chooses: to be changed while the run trains, in force from its next step on</source>
        <translation>Lernrate, γ des Ausgleichs, α des Balance-Loss, λ von MTP und K′, wie viele Experten ein Token wählt: änderbar, während der Lauf trainiert, gültig ab seinem nächsten Schritt</translation>
    </message>
    <message>
        <source>Enter applies, Esc takes back, ↑ and ↓ walk 1, 2, 5, experts one by one. Each change is a mark over the curves.</source>
        <translation>Enter übernimmt, Esc nimmt zurück, ↑ und ↓ gehen 1, 2, 5, Experten einzeln. Jede Änderung ist eine Marke über den Kurven.</translation>
    </message>
    <message>
        <source>Settings of the training: learning rate, γ, α, λ, K′; %1</source>
        <translation>Einstellungen des Trainings: Lernrate, γ, α, λ, K′; %1</translation>
    </message>
</context>
<context>
    <name>triptych::ShownCurrency</name>
    <message>
        <source>%1, a rate set by you</source>
        <comment>what a dollar is worth</comment>
        <translation>%1, ein von Ihnen gesetzter Kurs</translation>
    </message>
</context>
<context>
    <name>triptych::SmoothingBar</name>
    <message>
        <source>Smoothing</source>
        <translation>Glättung</translation>
    </message>
    <message>
        <source>Weight a of the smoothing, over about n = 1 ÷ (1 − a) steps. 0 shows the values as they are; they stay visible behind. A card can have a weight of its own: see its menu.</source>
        <translation>Gewicht a der Glättung, über etwa n = 1 ÷ (1 − a) Schritte. 0 zeigt die Werte, wie sie sind; sie bleiben dahinter sichtbar. Eine Karte kann ein eigenes Gewicht haben: siehe ihr Menü.</translation>
    </message>
    <message>
        <source>Kind of smoothing</source>
        <translation>Art der Glättung</translation>
    </message>
    <message>
        <source>How the curves are smoothed. At one weight all are about as calm.</source>
        <translation>Wie die Kurven geglättet werden. Bei gleichem Gewicht sind alle etwa gleich ruhig.</translation>
    </message>
    <message>
        <source>Exponential: s = Σ aⁿ v ÷ Σ aⁿ over the steps, n steps back, without the usual bias towards the start.</source>
        <translation>Exponentiell: s = Σ aⁿ v ÷ Σ aⁿ über die Schritte, n Schritte zurück, ohne die übliche Verzerrung zum Anfang hin.</translation>
    </message>
    <message>
        <source>Gaussian</source>
        <translation>Gauß</translation>
    </message>
    <message>
        <source>Mean weighted by a Gaussian around each step, standard deviation n ÷ √π steps. Nothing is shifted; the newest values move until enough has come after them.</source>
        <translation>Mittel, gewichtet mit einer Gaußkurve um jeden Schritt, Standardabweichung n ÷ √π Schritte. Nichts wird verschoben; die neuesten Werte bewegen sich, bis genug nach ihnen gekommen ist.</translation>
    </message>
    <message>
        <source>Median</source>
        <translation>Median</translation>
    </message>
    <message>
        <source>Median of the values up to n steps away: no spike moves it. The newest values move until enough has come after them.</source>
        <translation>Median der Werte bis zu n Schritte entfernt: keine Spitze bewegt ihn. Die neuesten Werte bewegen sich, bis genug nach ihnen gekommen ist.</translation>
    </message>
</context>
<context>
    <name>triptych::StepNote</name>
    <message>
        <source>as at step %1</source>
        <translation>Stand: Schritt %1</translation>
    </message>
    <message>
        <source>no frame kept so early</source>
        <translation>so früh kein Bild aufgehoben</translation>
    </message>
    <message>
        <source>Frames are kept at some steps only; this is the newest one at or before step %1.</source>
        <translation>Bilder werden nur von einigen Schritten aufgehoben; dies ist das neueste bei oder vor Schritt %1.</translation>
    </message>
    <message>
        <source>reading …</source>
        <translation>wird gelesen …</translation>
    </message>
</context>
<context>
    <name>triptych::StepTimelineView</name>
    <message>
        <source>forward</source>
        <translation>vorwärts</translation>
    </message>
    <message>
        <source>backward</source>
        <translation>rückwärts</translation>
    </message>
    <message>
        <source>backward, inputs only</source>
        <translation>rückwärts, nur Eingaben</translation>
    </message>
    <message>
        <source>gradients of weights</source>
        <translation>Gradienten der Gewichte</translation>
    </message>
    <message>
        <source>forward and backward at once</source>
        <translation>vorwärts und rückwärts zugleich</translation>
    </message>
    <message>
        <source>One step of the pipeline, chunk by chunk</source>
        <translation>Ein Schritt der Pipeline, Stück für Stück</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a schedule and why it cannot be used</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1: waits %2 s of %3 s, %4 · %5 of %6 micro-batches drawn</source>
        <translation>%1: wartet %2 s von %3 s, %4 · %5 von %6 Micro-Batches gezeichnet</translation>
    </message>
    <message>
        <source>GPU</source>
        <translation>GPU</translation>
    </message>
    <message>
        <source>backward of inputs</source>
        <translation>rückwärts: Eingaben</translation>
    </message>
    <message>
        <source>of weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <source>bubble</source>
        <translation>Blase</translation>
    </message>
    <message>
        <source>%1 s</source>
        <comment>seconds at an axis</comment>
        <translation>%1 s</translation>
    </message>
    <message>
        <source>micro-batches %1 and %2</source>
        <translation>Micro-Batches %1 und %2</translation>
    </message>
    <message>
        <source>micro-batch %1</source>
        <translation>Micro-Batch %1</translation>
    </message>
    <message>
        <source>%1, GPU %2: %3 of %4, from %5 to %6 s</source>
        <translation>%1, GPU %2: %3 von %4, von %5 bis %6 s</translation>
    </message>
</context>
<context>
    <name>triptych::Stepper</name>
    <message>
        <source>%1: previous</source>
        <translation>%1: voriges</translation>
    </message>
    <message>
        <source>%1: next</source>
        <translation>%1: nächstes</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a thing to choose, and which is chosen</comment>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>triptych::TimeLine</name>
    <message>
        <source>Step that is shown</source>
        <translation>Gezeigter Schritt</translation>
    </message>
    <message>
        <source>no run yet</source>
        <translation>noch kein Lauf</translation>
    </message>
    <message>
        <source>step %1 of %2</source>
        <translation>Schritt %1 von %2</translation>
    </message>
    <message>
        <source>live, step %1</source>
        <translation>live, Schritt %1</translation>
    </message>
    <message>
        <source>newest step, %1</source>
        <translation>neuester Schritt, %1</translation>
    </message>
    <message>
        <source>step %1: %2 became %3</source>
        <translation>Schritt %1: %2 wurde %3</translation>
    </message>
    <message>
        <source>step %1: checkpoint</source>
        <translation>Schritt %1: Checkpoint</translation>
    </message>
    <message>
        <source>step %1: %2</source>
        <translation>Schritt %1: %2</translation>
    </message>
    <message>
        <source>The steps of a run, to look back at, appear here.</source>
        <translation>Die Schritte eines Laufs, auf die sich zurückblicken lässt, erscheinen hier.</translation>
    </message>
    <message>
        <source>step %1 of %2. Drag the knob to look back; [ and ] go by frames, \ comes back.</source>
        <translation>Schritt %1 von %2. Den Knopf ziehen, um zurückzublicken; [ und ] gehen bildweise, \ kommt zurück.</translation>
    </message>
    <message>
        <source>Frames are kept in memory alone, %1 of loads and %2 of the probe text at most, evenly over the run: it has no history in a folder.</source>
        <translation>Bilder werden nur im Arbeitsspeicher aufgehoben, höchstens %1 der Lasten und %2 des Prüftexts, gleichmäßig über den Lauf: er hat keine Aufzeichnung in einem Ordner.</translation>
    </message>
</context>
<context>
    <name>triptych::TimeSeriesPlot</name>
    <message>
        <source>Logarithmic values	L</source>
        <translation>Logarithmische Werte	L</translation>
    </message>
    <message>
        <source>Follow the newest step	F</source>
        <translation>Dem neuesten Schritt folgen	F</translation>
    </message>
    <message>
        <source>Show the whole run	R</source>
        <translation>Den ganzen Lauf zeigen	R</translation>
    </message>
    <message>
        <source>Copy the picture</source>
        <translation>Das Bild kopieren</translation>
    </message>
    <message>
        <source>Copy the values</source>
        <translation>Die Werte kopieren</translation>
    </message>
    <message>
        <source>, steady</source>
        <translation>, gleichbleibend</translation>
    </message>
    <message>
        <source>, rising</source>
        <translation>, steigend</translation>
    </message>
    <message>
        <source>, falling</source>
        <translation>, fallend</translation>
    </message>
    <message>
        <source>smoothed</source>
        <translation>geglättet</translation>
    </message>
    <message>
        <source>%1 at step %2%3</source>
        <comment>values, step, trend</comment>
        <translation>%1 bei Schritt %2%3</translation>
    </message>
    <message>
        <source>%1 at %2%3</source>
        <comment>values, place on the axis, trend</comment>
        <translation>%1 bei %2%3</translation>
    </message>
    <message>
        <source>%1 over steps, %2</source>
        <translation>%1 über Schritten, %2</translation>
    </message>
    <message>
        <source>%1 over %3, %2</source>
        <translation>%1 über %3, %2</translation>
    </message>
    <message>
        <source>%1 beyond, to %2</source>
        <comment>points outside the axis</comment>
        <translation>%1 außerhalb, bis %2</translation>
    </message>
    <message>
        <source>%1 not a number</source>
        <translation>%1 keine Zahl</translation>
    </message>
    <message>
        <source>%1 not above 0</source>
        <translation>%1 nicht über 0</translation>
    </message>
    <message>
        <source>%1 of %2 points</source>
        <translation>%1 von %2 Punkten</translation>
    </message>
    <message>
        <source>Where a pixel stands for several points, the first, smallest, largest and last of them are drawn: no spike is lost. Zoom in for every single one. Triangles: beyond the axis. Crosses: no finite number.</source>
        <translation>Wo ein Pixel für mehrere Punkte steht, werden der erste, kleinste, größte und letzte gezeichnet: keine Spitze geht verloren. Hineinzoomen zeigt jeden einzelnen. Dreiecke: außerhalb der Achse. Kreuze: keine endliche Zahl.</translation>
    </message>
    <message>
        <source>step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>Pin the crosshair	P</source>
        <translation>Das Fadenkreuz anheften	P</translation>
    </message>
    <message>
        <source>%1, %2 of %3 points</source>
        <comment>a title; of the others the lowest and highest are there</comment>
        <translation>%1, %2 von %3 Punkten</translation>
    </message>
</context>
<context>
    <name>triptych::TornadoView</name>
    <message>
        <source>%1: total %2 at its low, %3 at its high end</source>
        <translation>%1: Summe %2 am unteren, %3 am oberen Ende</translation>
    </message>
</context>
<context>
    <name>triptych::TwinView</name>
    <message>
        <source>There are no numbers yet: the table comes with the picture.</source>
        <translation>Noch sind keine Zahlen da: die Tabelle kommt mit dem Bild.</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
</context>
<context>
    <name>triptych::WaterfallView</name>
    <message>
        <source>%1 (%2): %3, total after it %4. %5</source>
        <comment>a step of a waterfall; last the total of all</comment>
        <translation>%1 (%2): %3, Summe danach %4. %5</translation>
    </message>
</context>
<context>
    <name>triptych::WordRows</name>
    <message>
        <source>no token more often than by chance</source>
        <translation>kein Token häufiger als durch Zufall</translation>
    </message>
    <message>
        <source>Expert %1: %2</source>
        <translation>Experte %1: %2</translation>
    </message>
    <message>
        <source>, </source>
        <translation>, </translation>
    </message>
    <message>
        <source>Expert %1: no token that came often enough goes there more often than by chance.</source>
        <translation>Experte %1: Kein Token, das oft genug vorkam, geht häufiger als durch Zufall dorthin.</translation>
    </message>
    <message>
        <source>Expert %1: the tokens that have the largest share of their occurrences there</source>
        <translation>Experte %1: die Token, von deren Vorkommen der größte Anteil dorthin geht</translation>
    </message>
    <message>
        <source>“%1”: %2</source>
        <comment>a token and its share</comment>
        <translation>„%1“: %2</translation>
    </message>
    <message>
        <source>“%1”: %2, %3 × chance</source>
        <comment>a token, its share, and that over chance</comment>
        <translation>„%1“: %2, %3 × Zufall</translation>
    </message>
    <message>
        <source>expert %1</source>
        <translation>Experte %1</translation>
    </message>
</context>
</TS>
