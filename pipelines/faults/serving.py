"""Addresses at which the board cannot be opened."""

from pipelines.faults.families import InputFault, SurroundingsFault


class NotOpened(InputFault):
    """An address that others can reach, asked for without saying that this is meant."""

    def __init__(self, host: str) -> None:
        super().__init__(
            f"--host {host} 会让别的电脑也能打开看板，而看板还没有登录；确实需要时请加 --open，否则去掉 --host。"
        )


class UnknownHost(InputFault):
    """A host name or number that this machine cannot make sense of."""

    def __init__(self, host: str) -> None:
        super().__init__(f"--host {host} 不是本机能识别的地址；请写 127.0.0.1 或本机的 IP 地址。")


class PortTaken(SurroundingsFault):
    """The port cannot be had: another program listens there, or the system reserves it."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(
            f"无法使用 {host} 的端口 {port}，它已被别的程序占用或不允许使用；请用 --port 换一个，例如 --port {port + 1}。"
        )


class ServerFailed(SurroundingsFault):
    """The server stopped by itself while it started."""

    def __init__(self, address: str) -> None:
        super().__init__(f"看板没能在 {address} 启动；原因见上面的日志，请检查地址和端口后重试。")
