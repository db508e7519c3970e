"""Many readers at once: sessions that speak Streamlit's own protocol over its websocket.

Not browsers: twenty-five of them on the machine that serves would measure how it draws, not how it serves. A session
does what the script in the browser does: it opens the websocket, asks for its screen, takes in every message, and
sends the new state of a select box when its reader chooses. A click is over with the message that the script has
finished. In each round all sessions click at the same moment, each on its own screen.
"""

import asyncio
import time
from dataclasses import dataclass, field
from itertools import cycle
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from tests.benchmarks import servers
from tests.benchmarks.browser import screens

SESSIONS, CLICKS = 25, 12
# As long as a reader looks at what he chose, at the least.
_LOOKING = 0.5
_PATIENCE = 60


@dataclass
class _Session:
    """One reader on one screen."""

    wire: ClientConnection
    screen: str
    script: str = ""
    address: str = ""
    box: str = ""
    fragment: str = ""
    options: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    async def open(self) -> None:
        """Ask for the screen as a browser does that was given its address."""
        asked = BackMsg()
        asked.rerun_script.page_name = self.screen
        await self._run(asked)

    async def choose(self, turn: int) -> float:
        """Choose in the first select box; gives the seconds until the script has finished."""
        asked = BackMsg()
        asked.rerun_script.page_script_hash = self.script
        asked.rerun_script.query_string = self.address
        # The part of the script that the box stands in: nothing else runs again.
        asked.rerun_script.fragment_id = self.fragment
        chosen = WidgetState(id=self.box, string_value=self.options[turn % len(self.options)])
        asked.rerun_script.widget_states.widgets.append(chosen)
        start = time.perf_counter()
        await self._run(asked)
        return time.perf_counter() - start

    async def _run(self, asked: BackMsg) -> None:
        await self.wire.send(asked.SerializeToString())
        async with asyncio.timeout(_PATIENCE):
            while not self._take(ForwardMsg.FromString(await self.wire.recv(decode=False))):
                pass

    def _take(self, message: ForwardMsg) -> bool:
        """Take in a message; whether the script has finished with it."""
        kind = message.WhichOneof("type")
        if kind == "navigation":
            # Only navigation tells which screen it is; the session itself names the script of the whole app.
            self.script = message.navigation.page_script_hash
        elif kind == "page_info_changed":
            self.address = message.page_info_changed.query_string
        elif kind == "delta" and message.delta.new_element.HasField("exception"):
            self.errors.append(f"{self.screen}: {message.delta.new_element.exception.message}")
        elif kind == "delta" and message.delta.new_element.HasField("selectbox") and not self.options:
            box = message.delta.new_element.selectbox
            self.box, self.options = box.id, list(box.options)
            self.fragment = message.delta.fragment_id
        return kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN


def click(warehouse: str) -> dict[str, Any]:
    """Sessions spread over the screens that have a choice, all clicking at once, again and again.

    `seconds`: of each click, by round; `errors`: exceptions shown; `peak`: the most bytes of memory of the server.
    """
    with servers.board(warehouse) as server:
        seconds, errors = asyncio.run(_clicks(server.address.replace("http", "ws") + "/_stcore/stream"))
        return {"seconds": seconds, "errors": errors, "server_peak": server.peak}


async def _clicks(address: str) -> tuple[list[list[float]], list[str]]:
    sessions: list[_Session] = []
    for _screen, path in cycle(screens().items()):
        if len(sessions) == SESSIONS:
            break
        wire = await connect(address, subprotocols=[Subprotocol("streamlit")], max_size=None)
        session = _Session(wire, path.strip("/"))
        await session.open()
        if session.options:
            sessions.append(session)
        else:
            await wire.close()
    rounds = []
    for turn in range(CLICKS):
        # The first option is chosen already.
        clicks = [session.choose(turn + place + 1) for place, session in enumerate(sessions)]
        rounds.append(await asyncio.gather(*clicks))
        await asyncio.sleep(_LOOKING)
    for session in sessions:
        await session.wire.close()
    return rounds, [error for session in sessions for error in session.errors]
