"""From people and ties to a placed picture; the same facts always give the same picture.

Several widths are tried, and the one is taken that prints best on a sheet of A4 laid across.
"""

from collections.abc import Iterable, Sequence

from families.people.network.blocks import blocks_of
from families.people.network.bonds import Bond, Spot, bonds_of, spots_of
from families.people.network.generations import generations, strangers
from families.people.network.measures import EDGE, label_of
from families.people.network.picture import Picture
from families.people.network.placing import Grid, Placing, Plan
from families.people.network.scene import Scene
from families.people.network.shape import Household, Network, Node, Tie, tidy

COLUMNS = (12, 10, 9, 8, 6)
EFFORT = 50_000  # tries times what each of them looks at; a second's work at the very most
FINE = 0.8  # of the size at which letters on paper come down to 7 points
PAPER = (1570.0, 924.0)  # what A4 laid across holds, under a heading, at 7 points to a letter


def layout(
    nodes: Sequence[Node], ties: Iterable[Tie] = (), households: Iterable[Household] = ()
) -> Picture:
    network = tidy(nodes, ties, households)
    if not network.nodes:
        return Picture(2 * EDGE, 2 * EDGE, (), (), (), (), (), (), ())
    lanes = generations(network)
    best = min(_pictures(network, lanes), key=_worse)
    apart = strangers(network)
    if _worse(best)[0] <= FINE or not apart:
        return best
    last = max((lane for each, lane in lanes.items() if each not in apart), default=0) + 1
    others = {each: last if each in apart else lane for each, lane in lanes.items()}
    return min([best, *_pictures(network, others, last)], key=_worse)


def _pictures(
    network: Network, lanes: dict[int, int], others: int | None = None
) -> Iterable[Picture]:
    """One for each width; ``others`` is a lane apart for those who are no family."""
    spots = spots_of(network, lanes)
    bonds = bonds_of(network, spots)
    labels = tuple(label_of(spot) for spot in spots)
    names = {home.id: home.label for home in network.households}
    scene = Scene(spots, bonds, labels, names, others)
    return (scene.picture(grid) for grid in _grids(spots, bonds))


def _worse(picture: Picture) -> tuple[float, int]:
    """Small letters are worst; of pictures with large ones, that with the fewest lanes wins."""
    return max(FINE, picture.width / PAPER[0], picture.height / PAPER[1]), len(picture.lanes)


def _grids(spots: tuple[Spot, ...], bonds: tuple[Bond, ...]) -> list[Grid]:
    blocks = blocks_of(spots, bonds)
    owner = {cell[0]: index for index, block in enumerate(blocks) for cell in block.cells}
    plan = Plan(tuple(_met(spots, bonds, owner)))
    grids: list[Grid] = []
    tries = min(900, EFFORT // (len(spots) + len(bonds)))
    for columns in COLUMNS:
        if grids and grids[-1].columns <= columns:
            continue
        placing = Placing(blocks, bonds, columns)
        plan = placing.best(plan, tries // 6 if grids else tries)
        grids.append(placing.grid(plan))
    return grids


def _met(spots: tuple[Spot, ...], bonds: tuple[Bond, ...], owner: dict[int, int]) -> list[int]:
    """The blocks as one meets them going from the child of the review from tie to tie."""
    near: dict[int, list[int]] = {spot.index: [] for spot in spots}
    for bond in bonds:
        for one in bond.spots:
            near[one] += [other for other in bond.spots if other != one]
    starts = sorted(spots, key=lambda spot: (not spot.node.is_child, spot.index))
    waiting = [spot.index for spot in starts]
    seen: dict[int, None] = {}
    while waiting:
        each = waiting.pop(0)
        if each not in seen:
            seen[each] = None
            waiting = [*near[each], *waiting]
    return list(dict.fromkeys(owner[each] for each in seen))
