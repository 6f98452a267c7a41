"""The register of findings this room can make: code, severity, and a plain English line.

The full sentences (what was found, what is expected, how to mend it) are in ``presentation/messages``. A code is never reused for another
meaning. ``RD`` is about reading YAML, ``CS`` about the shape of a criteria set, ``OV`` about stacking overlays (these three make a file
unreadable), ``RL`` about rules that can be read and are wrong or doubtful.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from simulator.errors import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping


class CodeEntry(NamedTuple):
    """What is known of a code before it is found anywhere."""

    severity: Severity
    english: str


_E, _W = Severity.ERROR, Severity.WARNING

CODES: Mapping[str, CodeEntry] = {
    # Reading -------------------------------------------------------------------------------------------------------------
    "RD001": CodeEntry(_E, "the file cannot be opened: {reason}"),
    "RD002": CodeEntry(_E, "the file is larger than {limit} bytes"),
    "RD003": CodeEntry(_E, "the text is not UTF-8 (byte {byte})"),
    "RD004": CodeEntry(_E, "not valid YAML: {problem}"),
    "RD005": CodeEntry(_E, "a tab character; use spaces"),
    "RD006": CodeEntry(_E, "the file is empty"),
    "RD007": CodeEntry(_E, "more than one document in the file"),
    "RD008": CodeEntry(_E, "nested deeper than {limit} levels"),
    "RD009": CodeEntry(_E, "more than {limit} values in the file"),
    "RD010": CodeEntry(_E, "the key {key} was already given in line {first_line}"),
    "RD011": CodeEntry(_E, "an anchor or alias ({name}); write the value out"),
    "RD012": CodeEntry(_E, "a tag ({tag}); tags are not used here"),
    "RD013": CodeEntry(_E, "a merge key (<<); write the values out"),
    "RD014": CodeEntry(_E, "a key must be plain text, found {found}"),
    "RD015": CodeEntry(_E, "nothing stands after {key}; write a value, null, [] or {{}}"),
    "RD016": CodeEntry(_E, "{found} may be read as true or false; write true or false, or put it in quotes"),
    "RD017": CodeEntry(_E, "{found} may be read as empty; write null, or put it in quotes"),
    "RD018": CodeEntry(_E, "{found} is not a plain decimal number; write for example 0.001, or put it in quotes"),
    "RD019": CodeEntry(_E, "{found} has more digits than can be kept exactly"),
    "RD020": CodeEntry(_E, "{found} is not a date of the calendar in the form YYYY-MM-DD"),
    "RD021": CodeEntry(_E, "a YAML directive ({name}); remove it"),
    "RD022": CodeEntry(_E, "more than {limit} problems in the file; the rest are not listed"),
    "RD023": CodeEntry(_E, "an invisible character ({character})"),
    "RD024": CodeEntry(_E, "a no-break space ({character}) where YAML needs an ordinary one"),
    # Shape of a set ------------------------------------------------------------------------------------------------------
    "CS101": CodeEntry(_E, "unknown key {key}; known here: {known}"),
    "CS102": CodeEntry(_E, "the key {key} is missing in {place}"),
    "CS103": CodeEntry(_E, "{key} must be {expected}, found {found}"),
    "CS104": CodeEntry(_E, "{key} must be one of {allowed}, found {found}"),
    "CS105": CodeEntry(_E, "{key} must be {expected}, found {found}"),
    "CS106": CodeEntry(_E, "{found} is not an id: small letters without marks, digits and hyphens"),
    "CS107": CodeEntry(_E, "{key} is empty"),
    "CS108": CodeEntry(_E, "{place} lacks its text in the language {language}"),
    "CS109": CodeEntry(_E, "a clause of kind {kind} cannot stand here; allowed: {allowed}"),
    "CS110": CodeEntry(_E, "the clause {place} does not say its kind"),
    "CS111": CodeEntry(_E, "a condition must be one of all, any, not, or a test with fact"),
    "CS112": CodeEntry(_E, "the test {fact} needs {needed}"),
    "CS113": CodeEntry(_E, "the test {fact} does not use {key}"),
    "CS114": CodeEntry(_E, "a quota gives either share or places, not both and not neither"),
    "CS115": CodeEntry(_E, "the id {found} differs from the file name {expected}"),
    "CS116": CodeEntry(_E, "the file must hold keys and values at its top"),
    "CS117": CodeEntry(_E, "no criteria set {found}; there are: {known}"),
    "CS118": CodeEntry(_E, "low, value and high of the compliance figure are not in order"),
    "CS119": CodeEntry(_E, "{found} is kept for a section of the file and cannot name an award"),
    "CS120": CodeEntry(_E, "the value of {key} cannot be used: {problem}"),
    "CS121": CodeEntry(_E, "exactly one of these keys can stand here: {keys}"),
    "CS122": CodeEntry(_E, "a band has one lower bound (at_least or above) and one upper bound (at_most or below), not two on one side"),
    "CS123": CodeEntry(_E, "parts must hold sections and criteria by id, each with its keys and values"),
    "CS124": CodeEntry(_E, "the id {found} already names {first}; ids are unique over criteria sets and scoring tables"),
    "CS125": CodeEntry(_E, "{key}: {found} is not a number; write {suggested}"),
    # Overlays ------------------------------------------------------------------------------------------------------------
    "OV201": CodeEntry(_E, "there is no clause {clause} to change in {base}"),
    "OV202": CodeEntry(_E, "the overlay does not say why it touches {clause}"),
    "OV203": CodeEntry(_E, "{clause} says remove and something else"),
    "OV204": CodeEntry(_E, "{first} and {second} give {field} of {clause} different values: {first_value} and {second_value}"),
    "OV205": CodeEntry(_E, "{set} extends {extends}, which does not stand before it in {expression}"),
    "OV206": CodeEntry(_E, "{set} is a full set and cannot be laid over another"),
    "OV207": CodeEntry(_E, "{set} stands twice in {expression}"),
    "OV208": CodeEntry(_E, "the overlays extend each other in a circle: {circle}"),
    "OV209": CodeEntry(_E, "supersedes names {set}#{clause}, which the stack does not hold before this overlay"),
    "OV210": CodeEntry(_E, "supersedes stands in a set that extends nothing"),
    # Rules ---------------------------------------------------------------------------------------------------------------
    "RL301": CodeEntry(_E, "{clause} has neither source nor assumption"),
    "RL302": CodeEntry(_E, "{clause} cites the instrument {instrument}, which instruments.yaml does not hold"),
    "RL303": CodeEntry(_E, "{clause} cites {instrument}, which the set does not list among its instruments"),
    "RL304": CodeEntry(_W, "the set lists {instrument} and cites it nowhere"),
    "RL305": CodeEntry(_E, "{clause} gives a number nobody has measured and has no assumption"),
    "RL306": CodeEntry(_E, "{clause} names the award {award}, which the set does not hold"),
    "RL307": CodeEntry(_E, "{clause}: {key} is {found}, outside {low} to {high}"),
    "RL308": CodeEntry(_E, "these awards wait for each other: {circle}"),
    "RL309": CodeEntry(_E, "{clause} asks for {award} in consecutive years, which {cooling} forbids"),
    "RL310": CodeEntry(_E, "{clause} asks for {award} {times} times within {years} years, and it is given once a year"),
    "RL311": CodeEntry(_W, "{clause} asks for {award}, which does not stand lower on the ladder"),
    "RL312": CodeEntry(_E, "{clause} moves {assumption}, which assumptions.yaml does not hold"),
    "RL313": CodeEntry(_W, "the set was last checked on {checked_on}, more than a year before {on}"),
    "RL314": CodeEntry(_E, "the set is valid from {start} until {end}, which is out of order"),
    "RL315": CodeEntry(_W, "the status is in-force and the set ended on {end}"),
    "RL316": CodeEntry(_W, "checked_on {checked_on} lies after {on}"),
    "RL317": CodeEntry(_W, "{clause}: {share} rounded {rounding} leaves no place at all in units of {sizes}"),
    "RL318": CodeEntry(_W, "the overlay {set} changes nothing"),
    "RL319": CodeEntry(_W, "{place} reads the same in Vietnamese and in English"),
    "RL320": CodeEntry(_E, "{second} repeats the kind {kind} of {first}; only one may stand there"),
    "RL321": CodeEntry(_E, "all weights of {clause} are 0"),
    "RL322": CodeEntry(_E, "the set holds no award"),
    "RL323": CodeEntry(_W, "{clause} gives {field} the value it already has"),
    "RL324": CodeEntry(_E, "the award {award} has no eligibility clause, so anyone qualifies"),
    "RL325": CodeEntry(_W, "{set} changes a number of {clause} and gives neither a source nor an assumption of its own"),
    "RL326": CodeEntry(_E, "{clause} says {declared} points, and its parts give {sum} together"),
    "RL327": CodeEntry(_E, "{clause} says {declared} points in all, and the sections give {sum} together"),
    "RL328": CodeEntry(_W, "{clause} allows up to {declared}, and what it holds comes to {sum} at most"),
    "RL329": CodeEntry(_W, "the set has a scoring table and no scale"),
    "RL330": CodeEntry(_E, "{clause} gives a scale, and the set has no points"),
    "RL331": CodeEntry(_E, "{clause}: nothing is said for {gap}"),
    "RL332": CodeEntry(_E, "{clause}: {first} and {second} both hold where {common}"),
    "RL333": CodeEntry(_E, "the band of {clause} is empty: from {low} to {high}"),
    "RL334": CodeEntry(_W, "{clause}: the band {band} lies outside {low} to {high}"),
    "RL335": CodeEntry(_E, "{clause}: the band {band} is never used, the ones before it hold first"),
    "RL336": CodeEntry(_E, "{clause} asks for {band}, and the table gives {most} at most"),
    "RL337": CodeEntry(_E, "{clause} stands after {earlier} and begins higher; classes stand best first"),
    "RL338": CodeEntry(_E, "{clause} begins where {earlier} does, which asks for nothing more and comes first"),
    "RL339": CodeEntry(_W, "{clause} is the lowest class, and nothing is said for {gap}"),
    "RL340": CodeEntry(_E, "{clause} gives {given}, more than its {declared} points"),
    "RL341": CodeEntry(_W, "{clause} has {declared} points and gives {given} at most"),
    "RL342": CodeEntry(_W, "{clause}: the level {level} does not continue the order of the levels before it"),
    "RL343": CodeEntry(_W, "{clause} loses {lost} of {declared} points for each {percent} percent missing, everything at once"),
    "RL344": CodeEntry(_W, "{clause} changes nothing: {field} is {found}"),
    "RL345": CodeEntry(_W, "{clause}: full marks of {declared} are no multiple of the step {step}"),
    "RL346": CodeEntry(_W, "{clause} rules who marks, and no criterion is marked by people"),
    "RL347": CodeEntry(_E, "{clause} needs a column {column}, which {first} has already"),
    "RL348": CodeEntry(_E, "{clause} looks at points or classes, and the set has none"),
    "RL349": CodeEntry(_E, "{clause} names the part {found}, which the table does not hold; known: {known}"),
    "RL350": CodeEntry(_E, "{clause} names the class {found}, which the table does not hold; known: {known}"),
    "RL351": CodeEntry(_E, "{clause} names the set {found}, which is not known; known: {known}"),
    "RL352": CodeEntry(_W, "{clause} has the order {order}, as {first} has"),
    "RL353": CodeEntry(_E, "{clause} allows {given}, and {instrument} allows {most} at most"),
    "RL354": CodeEntry(_E, "{clause} is raised from {before} to {after} by {own}, which ranks below {former}"),
    "RL355": CodeEntry(_W, "{clause} is raised from {before} to {after} on an assumption, above what {former} allows"),
    "RL356": CodeEntry(_E, "{clause} and {other} cannot both be met"),
    "RL357": CodeEntry(_E, "nobody can get {award}: {clause} contradicts {others}; the smallest nominee who meets those: {nominee}"),
    "RL358": CodeEntry(_W, "{clause} changes nothing for anyone: {others} already ask for it"),
    "RL359": CodeEntry(_E, "{clause}: no nominee of the sector {sector} can get {award}"),
    "RL360": CodeEntry(_W, "the condition of {clause} holds for nobody"),
    "RL361": CodeEntry(_W, "the condition of {clause} holds for everybody"),
    "RL362": CodeEntry(_W, "{clause}: step {step} can part nobody"),
    "RL363": CodeEntry(_W, "{clause}: {share} rounded {rounding} leaves nobody out in units of {sizes}"),
    "RL364": CodeEntry(_W, "{clause}: {share} rounded {rounding} comes to 0 of {sizes} places"),
    "RL365": CodeEntry(_E, "{clause} catches everybody"),
    "RL366": CodeEntry(_W, "{clause}: {share} rounded {rounding} takes all of {sizes} places"),
    "RL367": CodeEntry(_E, "{clause} asks for {award} {times} times within {years} years, and {cooling} leaves room for {most}"),
}


def make_finding(code: str, file: str, line: int, /, **fields: str) -> Finding:
    """Make a finding of the register.

    Parameters
    ----------
    code
        A code of this register.
    file, line
        Where it was found.
    fields
        What the sentence needs; a value that begins with ``@`` names a word of the catalogue.
    """
    entry = CODES[code]
    words = {name: value.removeprefix("@").replace("-", " ") if value.startswith("@") else value for name, value in fields.items()}
    return Finding(
        code=code,
        severity=entry.severity,
        file=file,
        line=line,
        fields=fields,
        english=entry.english.format(**words),
        is_unreadable=not code.startswith("RL"),
    )
