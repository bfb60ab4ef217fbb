package io.releve.replication.psync;

/** How far the link to a master has come, with the names of ROLE. */
enum LinkState {
    CONNECT("connect"), CONNECTING("connecting"), HANDSHAKE("handshake"), TRANSFER("sync"), CONNECTED("connected");

    private final String roleName;

    LinkState(String roleName) {
        this.roleName = roleName;
    }

    String roleName() {
        return roleName;
    }
}
