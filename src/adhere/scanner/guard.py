"""Keeps a hostile page away from private addresses.

All of the browser's connections go through a SOCKS proxy of this process, on loopback. It resolves
each name itself, refuses every address that is not public, and connects to the very address that
it looked at: a name that leads elsewhere a moment later (DNS rebinding) gains nothing. What the
operator names may be reached: hosts of `--resolve`, the scanned URL's own host where it is written
as an address or `localhost`, and ``Options.private``.

Where `--resolve` sends every host (`*`) to one address there is nothing to guard.
"""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import socket
import struct
from collections.abc import Iterable

from adhere.scanner.options import Options, Resolution
from adhere.scanner.sites import address_of, host_of

_GRANTED, _FORBIDDEN, _UNREACHABLE, _REFUSED = 0, 2, 4, 5
_CHUNK = 65_536
_CONNECT_SECONDS = 15
_OWN = ("localhost",)

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Guard:
    """The proxy. ``refused`` is why each host could not be reached."""

    def __init__(self, options: Options, url: str, more: Iterable[Resolution] = ()) -> None:
        self.options = options
        self.named = (*more, *options.resolve)
        self.own = host_of(url)
        self.refused: dict[str, str] = {}
        self._forbidden: set[str] = set()
        self._server: asyncio.Server | None = None

    @property
    def needed(self) -> bool:
        """Whether there is anything that a page could reach by itself."""
        return all(one.host != "*" for one in self.options.resolve)

    async def start(self) -> list[str]:
        """The arguments with which the browser uses it."""
        if not self.needed:
            rules = ",".join(one.rule for one in self.named)
            return [f"--host-resolver-rules={rules}"]
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        port = self._server.sockets[0].getsockname()[1]
        return [f"--proxy-server=socks5://127.0.0.1:{port}", "--proxy-bypass-list=<-loopback>"]

    @property
    def forbidden(self) -> list[str]:
        """What a page tried to reach and may not."""
        return sorted(self._forbidden)

    def stop(self) -> None:
        """No more connections."""
        if self._server is not None:
            self._server.close()

    async def addresses(self, host: str, port: int) -> list[tuple[str, int]]:
        """Where to connect for a host; PermissionError or OSError says why nowhere."""
        for one in self.named:
            if one.covers(host):
                return [(one.address, one.port or port)]
        literal = address_of(host)
        if literal is not None:
            found = [str(literal)]
        else:
            loop = asyncio.get_running_loop()
            told = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            found = list(dict.fromkeys(str(one[4][0]) for one in told))
        for each in found:
            if not self._allowed(host, ipaddress.ip_address(each.partition("%")[0])):
                raise PermissionError(
                    f"{host} is the private address {each}"
                    if literal
                    else f"{host} leads to the private address {each}; "
                    f"--resolve {host}={each} allows it"
                )
        return [(each, port) for each in found]

    def _allowed(self, host: str, address: Address) -> bool:
        if address.is_global and not address.is_multicast:
            return _inner(address) is None or self._allowed(host, _inner(address) or address)
        if host == self.own and (address_of(host) is not None or host.endswith(_OWN)):
            return True
        return any(_names(one, host, address) for one in self.options.private)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            host, port = await _asked(reader, writer)
            answer, far = await self._connect(host, port)
            writer.write(bytes((5, answer, 0, 1, 0, 0, 0, 0, 0, 0)))
            await writer.drain()
            if far is not None:
                await asyncio.gather(_copy(reader, far[1]), _copy(far[0], writer))
        writer.close()

    async def _connect(
        self, host: str, port: int
    ) -> tuple[int, tuple[asyncio.StreamReader, asyncio.StreamWriter] | None]:
        why, answer = "", _UNREACHABLE
        try:
            for address, at in await self.addresses(host, port):
                try:
                    async with asyncio.timeout(_CONNECT_SECONDS):
                        return _GRANTED, await asyncio.open_connection(address, at)
                except ConnectionRefusedError:
                    why, answer = f"{host} refuses the connection", _REFUSED
                except TimeoutError:
                    why, answer = f"{host} does not answer", _UNREACHABLE
                except OSError:
                    why, answer = f"{host} cannot be reached", _UNREACHABLE
        except PermissionError as error:
            why, answer = str(error), _FORBIDDEN
            self._forbidden.add(why)
        except (OSError, UnicodeError):
            why = f"there is no such host as {host}"
        self.refused[host] = why
        return answer, None


def _inner(address: Address) -> Address | None:
    """The IPv4 address that an IPv6 one stands for."""
    if isinstance(address, ipaddress.IPv4Address):
        return None
    if address in ipaddress.ip_network("64:ff9b::/96"):
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


def _names(one: str, host: str, address: Address) -> bool:
    try:
        return address in ipaddress.ip_network(one, strict=False)
    except ValueError:
        return one.lower() == host


async def _asked(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> tuple[str, int]:
    """SOCKS 5 (RFC 1928): no authentication, one CONNECT."""
    _, methods = await reader.readexactly(2)
    await reader.readexactly(methods)
    writer.write(b"\x05\x00")
    _, _, _, kind = await reader.readexactly(4)
    if kind == 3:
        length = (await reader.readexactly(1))[0]
        host = (await reader.readexactly(length)).decode("latin-1")
    else:
        packed = await reader.readexactly(4 if kind == 1 else 16)
        host = str(ipaddress.ip_address(packed))
    (port,) = struct.unpack("!H", await reader.readexactly(2))
    return host.lower().rstrip("."), port


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(OSError):
        while data := await reader.read(_CHUNK):
            writer.write(data)
            await writer.drain()
    with contextlib.suppress(OSError, RuntimeError):
        writer.write_eof() if writer.can_write_eof() else writer.close()
