"""localstripe on this machine alone, on a free port that is printed, and without its file in /tmp."""

import socket

from aiohttp import web
from localstripe import resources
from localstripe.server import app

resources.Store.dump_to_disk = lambda self: None

with socket.create_server(("127.0.0.1", 0)) as listener:
    print(listener.getsockname()[1], flush=True)
    web.run_app(app, sock=listener, print=None)
