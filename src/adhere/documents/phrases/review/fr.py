"""French."""

from __future__ import annotations

_ANALYTICS = r"(?:\banaly(?:tique|se|tics)\w*|\bstatisti\w+|\bmesure d['’]audience)"
_MARKETING = (
    r"(?:\bpublicit\w+|\bmarketing\b|\breciblage\w*|\bretarget\w*|\bciblage\b|\bde suivi\b)"
)

TABLE = {
    "privacy": r"\bconfidentialité\b|\bvie privée\b|\bprotection des données\b"
    r"|\bdonnées (?:personnelles|à caractère personnel)\b",
    "version": r"\b(?:version|révision|édition)\b\s*(?:numéro|n°)?\s*:?\s*v?\d|\bv\d+\.\d",
    "controller": r"\b(?:est|sommes) (?:le |la )?responsables? (?:du|de|des)\b|\bresponsable (?:du"
    r"|de ce|des) traitements?\b[^.]{0,10}\b(?:est|:)"
    r"|\ble responsable du traitement,"
    r"|\b(?:nous|notre|nos)\b[^.]{0,25}\b(?:désigne\w*|renvoie\w*)|\b(?:géré|exploité|édité"
    r"|proposé|publié) par\b"
    r"|\bsiège (?:social|est)\b|\bpropose et gère\b",
    "contact": r"\bpage (?:de )?contact\b|\bcontacte[zr] (?:notre|nos|le|la)\b",
    "owner": r"\bpropriétaire\b|\b(?:approuvée?|tenue?|établie?|maintenue?) par\b"
    r"|\bquestions? (?:sur|relatives? à) (?:cette|la) politique\b",
    "consent": r"\bconsent\w+|\bautorisation\b",
    "basis": r"\bconsent\w+|\bbases? (?:juridiques?|légales?)\b|\bintérêts? légitimes?\b"
    r"|\bobligation légale\b|\bart(?:icle|\.) 6\b",
    "way_out": r"\b(?:retir\w+|retrait|modifi\w+|chang\w+|révoqu\w+|rouvr\w+|gér(?:er|ez)|revenir"
    r"|adapt\w+)\b[^.;]{0,80}"
    r"\b(?:consentement|choix|préférences|paramètres|réglages|avis|décision)\b",
    "how": r"\b(?:pouvez|peut|tout moment|clique[zr]|bouton|lien|moyen|via|en cliquant"
    r"|par (?:courriel|e-?mail))\b",
    "rights": r"\bdroits\b",
    "changed": r"\b(?:modifi\w+|révis\w+|mise à jour|nouvelle version)\b",
    "withdrawal": r"\bretrait\b|\bretir\w*|\brévo\w*",
    "authority": r"\bautorités? de (?:contrôle|protection)|\bautorité\w* de surveillance|\bCNIL\b"
    r"|\bAPD\b",
    "automated": r"\bautomatisée?s?\b|\bart(?:icle|\.)\s*22\b",
    "profiling": r"\bprofilage\b|\b(?:établi\w*|dress\w*|créer|créons)\b[^.;]{0,20}\bprofils?\b",
    "privacy_policy": r"\bpolitique de (?:confidentialité|protection|respect|vie)"
    r"|\bdéclaration de confidentialité\b",
    "recipients": r"\bdestinataires?\b|\bpartenaires?\b|\btiers\b|\bsous-traitants?\b"
    r"|\bprestataires?\b|\bpartag\w+"
    r"|\bcommuniqué\w*",
    "transfers": r"\btransf(?:ert|ér|er)\w*|\bhors (?:de )?(?:l['’])?(?:UE|EEE|Union|Espace"
    r"|Europe)|\ben dehors de l['’](?:UE|EEE|Union|Espace|Europe)"
    r"|\badéquation\b|\bclauses contractuelles\b|\bData Privacy Framework\b|\bpays tiers\b"
    r"|\bau sein de l['’](?:UE|EEE|Union|Espace)|\bdans l['’](?:UE|EEE|Union européenne"
    r"|Espace économique)",
    "banner": r"\bbanni[èe]res?\b|\bbandeaux?\b|\bfenêtres?\b|\bpop-?ups?\b|\b(?:paramètres"
    r"|réglages|préférences|gestion(?:naire)?) (?:des|de|relatifs aux) cookies\b",
    "browser": r"\bnavigateurs?\b[^.]*\b(?:refus\w*|bloqu\w*|désactiv\w*|supprim\w*|paramètr\w*"
    r"|paramétr\w*|réglages?|configur\w*)"
    r"|\b(?:refus\w*|bloqu\w*|désactiv\w*|paramètr\w*|paramétr\w*|réglages?"
    r"|configur\w*)\b[^.]*\bnavigateurs?\b",
    "choice_row": r"\b(?:réponse|décision|choix)\b[^.;]{0,40}\bcookies?\b|"
    r"\bconsentement\w*|\bvos choix\b|\b(?:choix|préférences) (?:relati\w+"
    r"|en matière|concernant|sur les cookies)|\bbanni[èe]re\b|\bbandeau\b",
    "list_kept": r"\b(?:liste|tableau|aperçu|inventaire|déclaration)\b",
    "analytics": _ANALYTICS,
    "marketing": _MARKETING,
    "chat": r"\bchat\b|\bmessagerie instantanée\b|\bclavardage\b",
    "embeds": r"\bintégré\w*|\bvidéos?\b|\bréseaux sociaux\b|\bboutons? de partage\b",
    "protects": r"\bconsentement\w*|\bsécuri\w+|\bfraude\w*|\brobots?\b|\brépartition de charge\b"
    r"|\brefus\w*|\bchoix\b|\bpréférences?\b|\bpas\b|\bsans\b",
    "necessary": r"\b(?:strictement |absolument )?(?:nécessaires?|essentiels?|essentielles?"
    r"|indispensables?)\b",
    "called_necessary": rf"(?:{_ANALYTICS}|{_MARKETING}|réseaux sociaux|chat"
    rf"|intégré\w*)[^.;,:]{{0,40}}"
    r"\b(?:sont|est|comptent comme)\b(?: \w+){0,2}? (?:strictement nécessaires?|essentiel\w*)",
    "without_consent": r"\bconsentement n['’]est pas (?:requis|nécessaire|exigé|demandé)|"
    r"\b(?:aucun|pas de) (?:\w+ )?consentement (?:\w+ )?(?:n['’]est "
    r"|préalable )?(?:\w+ )?(?:nécessaire|requis|demandé|exigé)"
    r"|\b(?:n['’]est|ne sont|ne requi\w+|n['’]exig\w+|ne nécessit\w+"
    r"|n['’]ont)\b[^.;]{0,35}\b(?:consentement|autorisation)"
    r"|\bexempt\w* (?:de|du) (?:\w+ )?consentement|\bsans (?:votre |demander votre "
    r"|votre accord ni votre )?(?:consentement|autorisation)( préalable)?"
    r"|\bn['’]êtes pas ten\w+\b[^.]{0,60}\b(?:car|parce|puisque)\b[^.]{0,80}\b(?:risque|anonym"
    r"|vie privée)",
    "anonymous": r"\banonym\w+",
    "targets": r"\b(?:publicit\w+|annonces?|offres?|marketing)\b[^.;]{0,40}\b(?:cibl\w+"
    r"|personnalis\w+|pertinent\w*|adapt\w+|intérêts?)"
    r"|\bcibl\w+\b[^.;]{0,30}\b(?:publicit\w+|annonces?|offres?)|\breciblage\b|\bretarget\w*",
    "negation": r"\bn['’e]\b|\b(?:pas|jamais|aucune?|ni|sans que)\b",
    "continuing": r"\b(?:en|si vous)\s+(?:poursuiv\w+|continu\w+|utilis\w+|visit\w+|navigu\w+"
    r"|fai(?:tes|sant) défiler|ferm\w+|accéd\w+)\b[^.;]{0,90}?"
    r"\bvous (?:\w+ )?(?:accept\w+|consent\w+|donnez|marquez)\b"
    r"|\b(?:la )?poursuite de (?:la |votre )?navigation\b[^.;]{0,60}\b(?:vaut|signifie|équivaut"
    r"|implique|constitue)\b[^.;]{0,40}\b(?:consentement|accept\w+|accord)",
    "wall": r"\bne (?:pouvez|pourrez) (?:pas|plus)\b[^.;]{0,50}\b(?:sans"
    r"|à moins)\b[^.;]{0,40}\bcookies|\bl['’]accès (?:à"
    r"|au)\b[^.;]{0,30}\bn['’]est possible que\b[^.;]{0,50}\bcookies"
    r"|\bdevez accepter (?:\w+ )?cookies pour\b[^.;]*|"
    r"\b(?:si|à moins que|lorsque) vous\b[^.;]{0,70}\b(?:cookies?|consent\w+|accept\w+"
    r"|refus\w+)\b[^.;]{0,50}"
    r"\b(?:ne (?:pouvez|pourrez) (?:pas|plus)|aucun accès|pas accès|devez quitter)\b[^.;]*"
    r"|\bl['’]accès (?:à|au) (?:notre |ce |le )?site\b[^.;]{0,40}\b(?:subordonné|conditionné"
    r"|suppose|nécessite|dépend)\b[^.;]{0,50}\b(?:accept\w+|consent\w+|accord)",
    "partly": r"\b(?:certaine?s?|quelques|parties?|fonctions?|fonctionnalités?|pleinement"
    r"|entièrement|correctement)\b",
    "bundled": r"\ben (?:acceptant|créant|vous inscrivant|passant|commandant"
    r"|souscrivant)\b[^.;]{0,70}\bvous (?:\w+ )?(?:accept\w+|consent\w+)\b[^.;]{0,60}\bcookies?"
    r"|\bconsentement\b[^.;]{0,40}\bcookies?\b[^.;]{0,40}\b(?:partie de|inclus|compris"
    r"|contenu)\b[^.;]{0,30}\b(?:conditions|contrat)",
    "interest": r"\bintérêts? légitimes?\b",
    "cookie": r"\bcookies?\b|\btraceurs?\b",
    "vague": r"\baussi longtemps que (?:\w+ ){0,3}(?:nécessaire|utile|requis|pertinent)\w*"
    r"|\btant que (?:\w+ ){0,4}(?:nécessaire|utile|requis|pertinent)\w*"
    r"|\bpour une durée (?:indéterminée|illimitée|indéfinie)",
    "vague_cell": r"persistante?s?|permanente?s?|variable\w*|varie|divers\w*|aussi longtemps.*"
    r"|tant que.*|illimitée?|indéterminée?|indéfinie?|long terme"
    r"|jusqu['’]à (?:suppression|ce que).*|jamais|inconnue?|voir .*",
    "kept": r"\b(?:conserv\w+|gard\w+|stock\w+|enregistr\w+|restent?|durée\w*)\b",
    "links_follow": r"\b(?:liens|pages|sites|adresses) (?:suivante?s|que voici|ci-dessous"
    r"|ci-après)\b",
    "list_follows": r"\b(?:tableau|liste|aperçu) (?:suivante?|que voici|ci-dessous|ci-après)\b",
    "section": r"\b(?:section|chapitre|paragraphe|point"
    r"|rubrique)\s+(?P<number>\d{1,2}(?:\.\d{1,2})*)(?!\d|\s*(?:\(|du RGPD|de la loi|RGPD))",
    "named_section": r"\b(?:section|chapitre|paragraphe|rubrique"
    r"|partie)\s+(?:intitulée? )?[“\"«‘]\s?(?P<name>[^”\"»’]{3,60}?)\s?[”\"»’](?!\s+(?:de|du|dans"
    r"|sur)\b)",
    "click_here": r"\bclique[zr] ici\b|\ben cliquant ici\b|\bvia ce lien\b|\bce lien\b",
    "seat": r"\bsiège (?:social|statutaire|est)\b",
    "own": r"\bnous\b|\bnotre (?:siège|adresse|numéro)\b",
}
