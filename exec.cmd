@rem `npm start` begins with `exec`, so that a signal reaches the server and not a shell in between. Windows has no exec; this is it.
@%*
