from bot.directory.faults import Findings
from bot.reading import Node, Tree, syntax_fault
def read_apart(tree: Tree, found: Findings) -> list[Node]:
    f = syntax_fault(tree)
    if f: found.faults.append(f)
    return []
def look_over(tree: Tree, found: Findings) -> None: ...
