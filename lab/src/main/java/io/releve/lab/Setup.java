package io.releve.lab;

import java.nio.file.Path;
import java.util.Map;

/**
 * What the two machines are made of.
 *
 * @param home of the Relève that is installed
 * @param directory where each machine has a folder
 * @param moreForServers lines that the files of both servers have more than the article's
 * @param witness whether a third machine has a sentinel that decides between the two
 * @param environment of all processes
 */
public record Setup(Path home, Path directory, Software servers, Software sentinels, Variant variant, boolean witness,
        String moreForServers, Map<String, String> environment) {
    /** How the four sentinels are told apart. */
    public enum Variant {
        /** The same port, different addresses that are announced nowhere: the article's. */
        ARTICLE,
        /** The same address on a machine, different ports. */
        PORTS,
        /** As in the article, and each announces its address. */
        ANNOUNCE
    }

    /** The article's, of Relève. */
    public static Setup article(Path home, Path directory, String moreForServers, Map<String, String> environment) {
        return new Setup(home, directory, Software.RELEVE, Software.RELEVE, Variant.ARTICLE, false, moreForServers, environment);
    }
}
