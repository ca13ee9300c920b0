"""Whether a thing is stated, denied, alleged, planned, requested or only possible.

A wrong ``asserted`` is the worst that can happen: each sentence is given with all claims of one
relation that it makes, so that no further one can be drawn as a fact.
"""

from __future__ import annotations

import re

import pytest

from tests.nlp.told import claims

INDONESIAN = [
    # stated
    ("Turki menyerang Suriah.", "TUR --attack--> SYR | asserted"),
    ("Kamboja mengunjungi Laos dan Vietnam.", "KHM --visit--> LAO, VNM | asserted"),
    ("Ukraina menyerang Rusia, tetapi Belarus tidak membantu Rusia.", "UKR --attack--> RUS | asserted"),
    ("Kanada menolak usulan Meksiko, tetapi Brasil mendukung Meksiko.", "BRA --support--> MEX | asserted"),
    ("Kenya mengunjungi Somalia setelah menolak bertemu Ethiopia.", "KEN --visit--> SOM | asserted"),
    # negated
    ("Serbia tidak menyerang Kosovo.", "SRB --attack--> XKX | negated"),
    ("Turki belum menandatangani perjanjian dengan Yunani.", "TUR --sign-agreement--> GRC | negated"),
    ("Denmark tidak pernah mengirim pasukan ke Mali.", "DNK --deploy-forces--> MLI | negated"),
    ("Yordania bukan menyerang Suriah.", "JOR --attack--> SYR | negated"),
    ("Ukraina menyerang Rusia, tetapi Belarus tidak membantu Rusia.", "BLR --give-aid--> RUS | negated"),
    ("Presiden Peru meninggalkan Lima tanpa bertemu Presiden Cile.", "PER --meet--> CHL | negated"),
    ("Tidak ada negara yang menyerang Kuba.", "<negara> --attack--> CUB | negated"),
    # refusal and failure
    ("Hongaria menolak mengirim senjata ke Ukraina.", "HUN --supply-weapons--> UKR | negated"),
    ("Kenya mengunjungi Somalia setelah menolak bertemu Ethiopia.", "KEN --meet--> ETH | negated"),
    ("Korea Selatan gagal menembak jatuh drone Korea Utara.", "KOR --shoot-down--> PRK | negated"),
    ("Mesir batal mengunjungi Qatar.", "EGY --visit--> QAT | negated"),
    # denial
    ("Iran membantah memasok drone kepada Rusia.", "IRN --supply-weapons--> RUS | denied by IRN"),
    ("Mesir membantah bahwa Sudan menyerang Libya.", "SDN --attack--> LBY | denied by EGY"),
    ("Juru bicara Kremlin membantah Rusia menyerang Finlandia.", "RUS --attack--> FIN | denied by RUS"),
    (
        "Polandia membantah kabar bahwa Warsawa mengirim tank ke Ukraina.",
        "POL --supply-weapons--> UKR | denied by POL",
    ),
    (
        "Vladimir Putin mengatakan Rusia tidak menyerang Ukraina.",
        "RUS --attack--> UKR | denied by vladimir-putin",
    ),
    ("Uganda menyangkal tudingan bahwa Rwanda menyerang Kenya.", "RWA --attack--> KEN | denied by UGA"),
    ("Serbia membantah tuduhan bahwa Rusia menyerang Kosovo.", "RUS --attack--> XKX | denied by SRB"),
    ("Serangan Rusia ke Georgia dibantah oleh Moskow.", "RUS --attack--> GEO | denied by RUS"),
    # accusation and hearsay
    ("Qatar menuduh Bahrain menyerang Oman.", "BHR --attack--> OMN | alleged by QAT"),
    ("Eritrea dituduh menyerang Ethiopia.", "ERI --attack--> ETH | alleged"),
    ("Pakistan dituding melatih militan Taliban.", "PAK --train-forces--> taliban | alleged"),
    ("Bolivia dituding oleh Paraguay menyerang Argentina.", "BOL --attack--> ARG | alleged by PRY"),
    ("Amerika Serikat mencurigai Cina memasok senjata kepada Rusia.", "CHN --supply-weapons--> RUS | alleged by USA"),
    ("Azerbaijan diduga mengebom Armenia.", "AZE --bomb--> ARM | alleged"),
    ("Lebanon dilaporkan menyerang Israel.", "LBN --attack--> ISR | alleged"),
    ("Bolivia dikabarkan membeli senjata dari Rusia.", "BOL --receive-weapons--> RUS | alleged"),
    ("Rusia kabarnya menyerang Georgia.", "RUS --attack--> GEO | alleged"),
    ("Beredar kabar bahwa Rusia menyerang Georgia.", "RUS --attack--> GEO | alleged"),
    ("Konon Libya membeli senjata dari Belarus.", "LBY --receive-weapons--> BLR | alleged"),
    ("Sudan dituduh berencana menyerang Chad.", "SDN --attack--> TCD | alleged"),
    ("Tuduhan bahwa Belarus menyerang Latvia beredar luas.", "BLR --attack--> LVA | alleged"),
    ("Serangan yang diduga dilakukan Rusia melanda Estonia.", "RUS --attack--> EST | alleged"),
    ("Tidak ada bukti bahwa Suriah menyerang Lebanon.", "SYR --attack--> LBN | alleged"),
    ("Israel menyelidiki dugaan bahwa Suriah menyerang Lebanon.", "SYR --attack--> LBN | alleged by ISR"),
    # plans
    ("Kamboja akan mengunjungi Laos.", "KHM --visit--> LAO | planned"),
    ("Vietnam berencana membeli rudal dari India.", "VNM --receive-weapons--> IND | planned"),
    ("Peru ingin bertemu dengan Cile.", "PER --meet--> CHL | planned"),
    ("Yordania mengirim pasukan untuk menyerang Suriah.", "JOR --attack--> SYR | planned"),
    ("Prancis sepakat mengirim senjata ke Yunani.", "FRA --supply-weapons--> GRC | planned"),
    ("Inggris mengancam akan menjatuhkan sanksi kepada Iran.", "GBR --impose-sanctions--> IRN | planned"),
    ("Rencana Laos untuk mengunjungi Kamboja diumumkan.", "LAO --visit--> KHM | planned"),
    ("Swedia akan bergabung dengan NATO dan mengirim pasukan ke Latvia.", "SWE --deploy-forces--> LVA | planned"),
    ("Vietnam tidak akan mengunjungi Cina.", "VNM --visit--> CHN | negated"),
    # requests
    ("PBB menuntut Israel menarik pasukan dari Gaza.", "ISR --withdraw-troops--> gaza | requested by united-nations"),
    ("Indonesia mendesak Myanmar membebaskan Aung San Suu Kyi.", "MMR --release--> aung-san-suu-kyi | requested by IDN"),
    ("Spanyol meminta Maroko tidak menyerang Aljazair.", "MAR --attack--> DZA | requested by ESP"),
    ("Rusia harus menarik pasukan dari Ukraina.", "RUS --withdraw-troops--> UKR | requested"),
    ("Kolombia menuntut agar Venezuela menarik pasukan dari Guyana.", "VEN --withdraw-troops--> GUY | requested by COL"),
    ("Irak diminta membebaskan Ali Hassan.", "IRQ --release--> ali-hassan | requested"),
    # conditions, possibility, questions
    ("Jika Iran menyerang Israel, Amerika Serikat akan membalas.", "IRN --attack--> ISR | possible"),
    ("Bila Cina menyerang Taiwan, Jepang akan membantu Taiwan.", "CHN --attack--> TWN | possible"),
    ("Cina mungkin menyerang Taiwan.", "CHN --attack--> TWN | possible"),
    ("Arab Saudi bisa menyerang Yaman.", "SAU --attack--> YEM | possible"),
    ("Apakah Rusia menyerang Moldova?", "RUS --attack--> MDA | possible"),
    ("Polandia khawatir Rusia menyerang Lituania.", "RUS --attack--> LTU | possible"),
    ("Yaman memperingatkan bahwa Arab Saudi akan menyerang Oman.", "SAU --attack--> OMN | possible"),
    # reported speech is stated, by the one who speaks
    ("Menurut Kuba, Amerika Serikat menyerang Nikaragua.", "USA --attack--> NIC | asserted by CUB"),
    ("Vladimir Putin mengatakan bahwa Yunani menyerang Turki.", "GRC --attack--> TUR | asserted by vladimir-putin"),
    ("Joko Widodo menyatakan Malaysia membantu Filipina.", "MYS --give-aid--> PHL | asserted by joko-widodo"),
    ('"Kami melihat Mesir menyerang Sudan," kata Joko Widodo.', "EGY --attack--> SDN | asserted by joko-widodo"),
]  # fmt: skip

ENGLISH = [
    # stated
    ("Turkey attacked Syria.", "TUR --attack--> SYR | asserted"),
    ("Cambodia visited Laos and Vietnam.", "KHM --visit--> LAO, VNM | asserted"),
    ("Ukraine attacked Russia, but Belarus did not help Russia.", "UKR --attack--> RUS | asserted"),
    ("Canada rejected Mexico's proposal, but Brazil supported Mexico.", "BRA --support--> MEX | asserted"),
    ("Kenya visited Somalia after refusing to meet Ethiopia.", "KEN --visit--> SOM | asserted"),
    # negated
    ("Serbia did not attack Kosovo.", "SRB --attack--> XKX | negated"),
    ("Serbia didn't attack Kosovo.", "SRB --attack--> XKX | negated"),
    ("Turkey has not signed an agreement with Greece.", "TUR --sign-agreement--> GRC | negated"),
    ("Denmark never sent troops to Mali.", "DNK --deploy-forces--> MLI | negated"),
    ("Ukraine attacked Russia, but Belarus did not help Russia.", "BLR --give-aid--> RUS | negated"),
    ("Neither Norway nor Sweden attacked Russia.", "NOR, SWE --attack--> RUS | negated"),
    ("Chile left the summit without meeting Peru.", "CHL --meet--> PER | negated"),
    ("No country attacked Cuba.", "<No country> --attack--> CUB | negated"),
    # refusal and failure
    ("Hungary refused to send weapons to Ukraine.", "HUN --supply-weapons--> UKR | negated"),
    ("Kenya visited Somalia after refusing to meet Ethiopia.", "KEN --meet--> ETH | negated"),
    ("South Korea failed to shoot down a North Korean drone.", "KOR --shoot-down--> PRK | negated"),
    ("Egypt was unable to visit Qatar.", "EGY --visit--> QAT | negated"),
    # denial
    ("Iran denied supplying drones to Russia.", "IRN --supply-weapons--> RUS | denied by IRN"),
    ("Egypt denied that Sudan attacked Libya.", "SDN --attack--> LBY | denied by EGY"),
    ("Moscow denied that Russia had attacked Georgia.", "RUS --attack--> GEO | denied by RUS"),
    ("The Kremlin spokesman denied Russia attacked Finland.", "RUS --attack--> FIN | denied by RUS"),
    ("Vladimir Putin said Russia had not attacked Ukraine.", "RUS --attack--> UKR | denied by vladimir-putin"),
    ("Egypt denied accusations that it attacked Sudan.", "EGY --attack--> SDN | denied by EGY"),
    ("Uganda dismissed allegations that Rwanda attacked Kenya.", "RWA --attack--> KEN | denied by UGA"),
    ("Poland denied reports that Warsaw sent tanks to Ukraine.", "POL --supply-weapons--> UKR | denied by POL"),
    ("Accusations that Belarus attacked Latvia were denied by Minsk.", "BLR --attack--> LVA | denied by BLR"),
    # accusation and hearsay
    ("Qatar accused Bahrain of attacking Oman.", "BHR --attack--> OMN | alleged by QAT"),
    ("Eritrea was accused of attacking Ethiopia.", "ERI --attack--> ETH | alleged"),
    ("Pakistan has been accused of training Taliban fighters.", "PAK --train-forces--> taliban | alleged"),
    ("Bolivia was accused by Paraguay of attacking Argentina.", "BOL --attack--> ARG | alleged by PRY"),
    ("The United States suspects China of supplying weapons to Russia.", "CHN --supply-weapons--> RUS | alleged by USA"),
    ("Azerbaijan allegedly bombed Armenia.", "AZE --bomb--> ARM | alleged"),
    ("Libya reportedly bought weapons from Belarus.", "LBY --receive-weapons--> BLR | alleged"),
    ("Lebanon is said to have attacked Israel.", "LBN --attack--> ISR | alleged"),
    ("Bolivia is believed to have bought weapons from Russia.", "BOL --receive-weapons--> RUS | alleged"),
    ("Rumours that Russia attacked Georgia spread on Monday.", "RUS --attack--> GEO | alleged"),
    ("According to rumours, Russia attacked Georgia.", "RUS --attack--> GEO | alleged"),
    ("Sudan was accused of planning to attack Chad.", "SDN --attack--> TCD | alleged"),
    ("The accusation that Belarus attacked Latvia spread quickly.", "BLR --attack--> LVA | alleged"),
    ("There is no evidence that Syria attacked Lebanon.", "SYR --attack--> LBN | alleged"),
    ("Israel is investigating claims that Syria attacked Lebanon.", "SYR --attack--> LBN | alleged by ISR"),
    # plans
    ("Cambodia will visit Laos.", "KHM --visit--> LAO | planned"),
    ("Vietnam plans to buy missiles from India.", "VNM --receive-weapons--> IND | planned"),
    ("Peru wants to meet Chile.", "PER --meet--> CHL | planned"),
    ("Jordan sent troops to attack Syria.", "JOR --attack--> SYR | planned"),
    ("France agreed to send weapons to Greece.", "FRA --supply-weapons--> GRC | planned"),
    ("Britain threatened to impose sanctions on Iran.", "GBR --impose-sanctions--> IRN | planned"),
    ("Laos is going to visit Cambodia.", "LAO --visit--> KHM | planned"),
    ("Sweden will join NATO and send troops to Latvia.", "SWE --deploy-forces--> LVA | planned"),
    ("Vietnam will not visit China.", "VNM --visit--> CHN | negated"),
    # requests
    ("The United Nations demanded that Israel withdraw troops from Gaza.", "ISR --withdraw-troops--> gaza | requested by united-nations"),
    ("Indonesia urged Myanmar to withdraw troops from Laos.", "MMR --withdraw-troops--> LAO | requested by IDN"),
    ("Spain asked Morocco not to attack Algeria.", "MAR --attack--> DZA | requested by ESP"),
    ("Russia must withdraw troops from Ukraine.", "RUS --withdraw-troops--> UKR | requested"),
    ("Iraq was asked to withdraw troops from Kuwait.", "IRQ --withdraw-troops--> KWT | requested"),
    ("Colombia called on Venezuela to release Juan Perez.", "VEN --release--> juan-perez | requested by COL"),
    # conditions, possibility, questions
    ("If Iran attacks Israel, the United States will retaliate.", "IRN --attack--> ISR | possible"),
    ("Japan will help Taiwan if China attacks Taiwan.", "CHN --attack--> TWN | possible"),
    ("China may attack Taiwan.", "CHN --attack--> TWN | possible"),
    ("Saudi Arabia could attack Yemen.", "SAU --attack--> YEM | possible"),
    ("Did Russia attack Moldova?", "RUS --attack--> MDA | possible"),
    ("Poland fears that Russia will attack Lithuania.", "RUS --attack--> LTU | possible"),
    ("Yemen warned that Saudi Arabia would attack Oman.", "SAU --attack--> OMN | possible"),
    # reported speech is stated, by the one who speaks
    ("According to Cuba, the United States attacked Nicaragua.", "USA --attack--> NIC | asserted by CUB"),
    ("Vladimir Putin said that Greece attacked Turkey.", "GRC --attack--> TUR | asserted by vladimir-putin"),
    ("Joko Widodo announced that Malaysia helped the Philippines.", "MYS --give-aid--> PHL | asserted by joko-widodo"),
    ('"We saw Egypt attack Sudan," Joko Widodo said.', "EGY --attack--> SDN | asserted by joko-widodo"),
]  # fmt: skip


def _relation(expected: str) -> str:
    found = re.search("--([a-z-]+)-->", expected)
    assert found is not None
    return found[1]


@pytest.mark.parametrize(("sentence", "expected"), INDONESIAN)
def test_an_indonesian_sentence_has_its_status(sentence: str, expected: str) -> None:
    """The claim of the sentence has the status that its words give it, and nothing else is claimed of the kind."""
    assert claims(sentence, "id", _relation(expected)) == [expected]


@pytest.mark.parametrize(("sentence", "expected"), ENGLISH)
def test_an_english_sentence_has_its_status(sentence: str, expected: str) -> None:
    """The claim of the sentence has the status that its words give it, and nothing else is claimed of the kind."""
    assert claims(sentence, "en", _relation(expected)) == [expected]
