"""Is there a version that can serve? Told while the server starts: its checksum takes a second or two for a large district."""

from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from pipelines.faults import WarehouseEmpty
from pipelines.versions import Version
from pipelines.warehouse import Warehouse


def examine(warehouse: Path) -> Future[Version]:
    """Begins to look for the version that serves. Whoever asks for one meanwhile waits for the same checksum."""
    aside = ThreadPoolExecutor(1, "checksum")
    examined = aside.submit(lambda: Warehouse(warehouse).current())
    aside.shutdown(wait=False)
    return examined


def obstacle(examined: Future[Version]) -> BaseException | None:
    """What keeps the board from serving, once that is known; an empty warehouse does not, for an upload may fill it."""
    fault = examined.exception()
    return None if isinstance(fault, WarehouseEmpty) else fault
