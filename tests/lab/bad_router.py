"""A router that speaks UPnP badly, or wickedly: for a namespace's main thread, `bad_router.py <mode> <address>`.

It answers every search for routers and then, over HTTP on port 5001,

silent     takes connections and says nothing
endless    sends a description without end
trickle    sends an octet every half second, for ever
garbage    sends what is no XML
binary     sends a large body of zeros with a false length
redirect   sends us to another host
foreign    names another host in its answer to the search (and serves a good description there)
control    serves a good description whose services lie on another host
soap       serves a good description, and an endless answer to every request
mute       serves a good description, and no answer to any request
words      serves a good description, and refuses every request in many odd words

It says "ready" and afterwards a line for each connection: its mode's work is seen by them.
"""

import socket
import sys
import threading
import time

PORT = 5001
GROUP = "239.255.255.250"
ELSEWHERE = "45.83.1.2"  # the router's outer address in the laboratory: reachable, and not a neighbour

SERVICE = "urn:schemas-upnp-org:service:WANIPConnection:1"
DESCRIPTION = """<?xml version="1.0"?>
<root xmlns="urn:schemas-upnp-org:device-1-0"><specVersion><major>1</major><minor>0</minor></specVersion>{base}
<device><deviceType>urn:schemas-upnp-org:device:InternetGatewayDevice:1</deviceType><deviceList>
<device><deviceType>urn:schemas-upnp-org:device:WANDevice:1</deviceType><serviceList>
<service><serviceType>urn:schemas-upnp-org:service:WANCommonInterfaceConfig:1</serviceType>
<controlURL>{root}/cif</controlURL><eventSubURL>/e</eventSubURL><SCPDURL>/s</SCPDURL></service></serviceList><deviceList>
<device><deviceType>urn:schemas-upnp-org:device:WANConnectionDevice:1</deviceType><serviceList>
<service><serviceType>{service}</serviceType>
<controlURL>{root}/ip</controlURL><eventSubURL>/e</eventSubURL><SCPDURL>/s</SCPDURL></service>
</serviceList></device></deviceList></device></deviceList></device></root>
"""
FAULT = """<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault>
<detail><UPnPError xmlns="urn:schemas-upnp-org:control-1-0"><errorCode>{code}</errorCode>
<errorDescription>\x01\x1b[31mdone 0\nmapping 1 1 0 1 0 {many}</errorDescription></UPnPError></detail>
</s:Fault></s:Body></s:Envelope>"""


def search_answers(mode, address):
    host = ELSEWHERE if mode == "foreign" else address
    receiver = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    receiver.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    receiver.bind(("", 1900))
    member = socket.inet_aton(GROUP) + socket.inet_aton(address)
    receiver.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, member)
    while True:
        question, source = receiver.recvfrom(2048)
        wanted = [line[3:].strip() for line in question.decode("latin-1").splitlines() if line.upper().startswith("ST:")]
        if not wanted or "InternetGatewayDevice:1" not in wanted[0]:
            continue
        answer = (f"HTTP/1.1 200 OK\r\nST: {wanted[0]}\r\nUSN: uuid:bad::{wanted[0]}\r\nEXT:\r\nCACHE-CONTROL: max-age=120\r\n"
                  f"LOCATION: http://{host}:{PORT}/d.xml\r\nSERVER: bad\r\n\r\n")
        receiver.sendto(answer.encode(), source)


def head(status="200 OK", **headers):
    lines = [f"HTTP/1.1 {status}", "Content-Type: text/xml", "Connection: close"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def whole(body, status="200 OK"):
    return head(status, Content_Length=len(body)) + body.encode("latin-1")


def endless(connection):
    connection.sendall(head())
    while True:
        connection.sendall(b"<a>" * 20000)


def describe(mode):
    root = f"http://{ELSEWHERE}:{PORT}" if mode == "control" else ""
    base = ""
    return whole(DESCRIPTION.format(root=root, base=base, service=SERVICE))


def serve(connection, mode):
    request = connection.recv(65536)
    print(request.split(b"\r\n")[0].decode("latin-1"), flush=True)
    if mode == "silent" or (mode == "mute" and request.startswith(b"POST")):
        time.sleep(3600)
    elif mode == "endless" or (mode == "soap" and request.startswith(b"POST")):
        endless(connection)
    elif mode == "trickle":
        connection.sendall(head())
        while True:
            connection.sendall(b"<")
            time.sleep(0.5)
    elif mode == "garbage":
        connection.sendall(whole("<root><<<&&&\x00\x01<device><serviceList></root>" * 50))
    elif mode == "binary":
        connection.sendall(head(Content_Length=1 << 31) + bytes(1 << 20))
    elif mode == "redirect":
        connection.sendall(head("302 Found", Location=f"http://{ELSEWHERE}:{PORT}/d.xml", Content_Length=0))
    elif mode == "words" and request.startswith(b"POST"):
        connection.sendall(whole(FAULT.format(code=99999999999, many="x" * 5000), "500 Internal Server Error"))
    else:
        connection.sendall(describe(mode))
    connection.close()


def guarded(connection, mode):
    try:
        serve(connection, mode)
    except OSError:
        pass


def main(mode, address):
    listener = socket.create_server(("", PORT))
    threading.Thread(target=search_answers, args=(mode, address), daemon=True).start()
    print("ready", flush=True)
    while True:
        connection, _ = listener.accept()
        threading.Thread(target=guarded, args=(connection, mode), daemon=True).start()


if __name__ == "__main__":
    main(*sys.argv[1:])
