"""The promises, in the order in which they are tried: the quick ones first."""

from __future__ import annotations

from kanalstrategi.verification.addresses import every_address_answers
from kanalstrategi.verification.documents import paper_is_accessible, paper_says_the_same
from kanalstrategi.verification.found_titles import search_finds_every_rule, search_finds_every_title
from kanalstrategi.verification.links import every_link_leads_somewhere
from kanalstrategi.verification.model import Promise
from kanalstrategi.verification.outward import outward_links_work
from kanalstrategi.verification.page_visits import accessible_to_axe, browser_has_no_errors, nothing_scrolls_sideways
from kanalstrategi.verification.policy import policy_holds
from kanalstrategi.verification.rebuild import second_build_is_the_same
from kanalstrategi.verification.search_index import index_knows_every_title
from kanalstrategi.verification.weight import first_visit_is_light

PROMISES = (
    Promise("links", "Alt, hvad siderne linker til og henter, findes", every_link_leads_somewhere),
    Promise("addresses", "Hver adresse, der har været udgivet, svarer stadig", every_address_answers),
    Promise("outward", "Links til andre hjemmesider virker", outward_links_work),
    Promise("policy", "Siderne gør intet, som deres sikkerhedspolitik forbyder, og henter intet fra andre", policy_holds),
    Promise("weight", "Et første besøg er let", first_visit_is_light),
    Promise("index", "Søgningen kender hver side ved hvert ord i dens titel", index_knows_every_title),
    Promise("paper", "PDF’erne har hvert ord fra de sider, de er lavet af", paper_says_the_same),
    Promise("audit", "Alle kan læse PDF’erne, også med en skærmlæser", paper_is_accessible),
    Promise("search", "Søgningen viser hver side blandt de tre første, når man søger på dens titel", search_finds_every_title),
    Promise("rules", "Søgningen viser hver regel blandt de tre første, når man søger på dens ord", search_finds_every_rule),
    Promise("console", "Browseren melder ingen fejl på siderne, og de gemmer intet hos læseren", browser_has_no_errors),
    Promise("axe", "Tilgængeligheden er i orden, så vidt axe kan se, på telefon og skærm, i lyst og mørkt", accessible_to_axe),
    Promise("width", "Ingen side skal rulles sidelæns", nothing_scrolls_sideways),
    Promise("rebuild", "Det samme indhold giver den samme hjemmeside, byte for byte", second_build_is_the_same),
)
"""All promises. The ids are those of the command line."""
