"""`python -m demo --port N --stage 1|2`: says the HUILIU_HOST_MAP to crawl with, then serves until it is stopped."""

import argparse
import asyncio
import signal

from demo.server import serve


async def host(port: int, stage: int, slow_s: float) -> None:
    """Serve until SIGTERM or SIGINT."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for sign in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(sign, stopped.set)
    async with serve(stage, port, slow_s) as site:
        print(f"HUILIU_HOST_MAP={site.host_map}", flush=True)
        await stopped.wait()


def main() -> None:
    """Read the arguments and serve."""
    parser = argparse.ArgumentParser(prog="python -m demo", description="Serve the demo news site on 127.0.0.1.")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--stage", type=int, choices=(1, 2), default=1, help="2: after the silent edits")
    parser.add_argument("--slow-s", type=float, default=3.0, help="seconds that the slow page takes")
    arguments = parser.parse_args()
    asyncio.run(host(arguments.port, arguments.stage, arguments.slow_s))


if __name__ == "__main__":
    main()
