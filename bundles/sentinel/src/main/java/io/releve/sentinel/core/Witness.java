package io.releve.sentinel.core;

import io.releve.format.guard.Address;

/** The sentinel that decides between two hosts. It is asked by name of the master, and need not watch it. */
final class Witness extends Instance {
    Witness(Master master, Address address) {
        super(master, address);
    }

    @Override
    String described() {
        return "witness " + address + " " + address.host() + " " + address.port() + " @ " + master.config.name + " "
                + master.config.address.host() + " " + master.config.address.port();
    }

    @Override
    void introduced() {
    }
}
