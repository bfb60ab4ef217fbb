package io.releve.cli;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The command line: options first, then a command. */
final class Options {
    /** What to do instead of running a command. */
    enum Mode {
        COMMAND, SCAN, PIPE, LATENCY, STAT, HELP, VERSION
    }

    String host = "127.0.0.1";
    int port = 6379;
    String unixSocket;
    String user;
    String password;
    boolean passwordOnCommandLine;
    boolean authWarning = true;
    final TlsOptions tls = new TlsOptions();
    int database;
    /** 0: as the server begins. */
    int protocol;
    long repeat = 1;
    double interval;
    boolean lastFromInput;
    /** The argument to replace by what standard input gives. */
    String tag;
    /** Null: by what standard output is. */
    Format format;
    boolean exitOnError;
    boolean quotedInput;
    String pattern;
    int count = 10;
    String type;
    int pipeTimeout = 30;
    Mode mode = Mode.COMMAND;
    List<String> command = new ArrayList<>();

    private final String[] words;
    private int at;
    private boolean protocolAsked;

    /** @throws IllegalArgumentException with a text for the user */
    Options(String[] words) {
        this.words = words;
        password = System.getenv("REDISCLI_AUTH");
        while (at < words.length && words[at].startsWith("-") && words[at].length() > 1) {
            option(words[at++]);
        }
        command.addAll(List.of(words).subList(at, words.length));
    }

    private void option(String option) {
        switch (option) {
            case "-h" -> host = argument(option);
            case "-p" -> port = (int) number(option, 0, 65_535);
            case "-s" -> unixSocket = argument(option);
            case "-a", "--pass" -> {
                password = argument(option);
                passwordOnCommandLine = true;
            }
            case "--user" -> user = argument(option);
            case "--tls" -> tls.wanted = true;
            case "--insecure" -> tls.insecure = true;
            case "--cacert" -> tls.authority = argument(option);
            case "--cacertdir" -> tls.authorities = argument(option);
            case "--cert" -> tls.certificate = argument(option);
            case "--key" -> tls.key = argument(option);
            case "--sni" -> tls.serverName = argument(option);
            case "--tls-ciphers" -> tls.ciphers = argument(option);
            case "--tls-ciphersuites" -> tls.cipherSuites = argument(option);
            case "--no-auth-warning" -> authWarning = false;
            case "-u" -> uri(argument(option));
            case "-n" -> database = (int) number(option, 0, Integer.MAX_VALUE);
            case "-2", "-3" -> {
                int asked = option.charAt(1) - '0';
                if (protocolAsked && protocol != asked) {
                    throw new IllegalArgumentException("Options -2 and -3 are mutually exclusive.");
                }
                protocol = asked;
                protocolAsked = true;
            }
            case "-r" -> repeat = number(option, -1, Long.MAX_VALUE);
            case "-i" -> interval = seconds(option);
            case "-x" -> lastFromInput = true;
            case "-X" -> tag = argument(option);
            case "-e" -> exitOnError = true;
            case "--quoted-input" -> quotedInput = true;
            case "--raw" -> format = Format.RAW;
            case "--no-raw" -> format = Format.TERMINAL;
            case "--csv" -> format = Format.CSV;
            case "--json" -> {
                format = Format.JSON;
                protocol = protocol == 0 ? 3 : protocol;
            }
            case "--scan" -> mode = Mode.SCAN;
            case "--pattern" -> pattern = argument(option);
            case "--count" -> count = (int) number(option, 1, Integer.MAX_VALUE);
            case "--type" -> type = argument(option);
            case "--pipe" -> mode = Mode.PIPE;
            case "--pipe-timeout" -> pipeTimeout = (int) number(option, 0, Integer.MAX_VALUE);
            case "--latency" -> mode = Mode.LATENCY;
            case "--stat" -> mode = Mode.STAT;
            case "--help" -> mode = Mode.HELP;
            case "--version", "-v" -> mode = Mode.VERSION;
            case "-c" -> throw new IllegalArgumentException("-c: there is no cluster mode");
            default -> throw new IllegalArgumentException(
                    "Unrecognized option or bad number of args for: '" + option + "'");
        }
    }

    private String argument(String option) {
        if (at == words.length) {
            throw new IllegalArgumentException("Unrecognized option or bad number of args for: '" + option + "'");
        }
        return words[at++];
    }

    private long number(String option, long min, long max) {
        String text = argument(option);
        try {
            long number = Long.parseLong(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("Invalid number '" + text + "' for " + option, e);
        }
        throw new IllegalArgumentException("Invalid number '" + text + "' for " + option);
    }

    private double seconds(String option) {
        String text = argument(option);
        try {
            return Math.max(0, Double.parseDouble(text));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("Invalid number '" + text + "' for " + option, e);
        }
    }

    /** {@code rediss}, with two letters s, is encrypted: {@code redis://user:password@host:port/database}; every part but the scheme may be missing. */
    private void uri(String text) {
        URI uri = URI.create(text);
        if ("rediss".equals(uri.getScheme())) {
            tls.wanted = true;
        } else if (!"redis".equals(uri.getScheme())) {
            throw new IllegalArgumentException("Invalid URI scheme: only redis:// and rediss:// are understood");
        }
        if (uri.getHost() != null) {
            host = uri.getHost().replaceAll("^\\[|]$", "");
        }
        if (uri.getPort() >= 0) {
            port = uri.getPort();
        }
        String info = uri.getRawUserInfo();
        if (info != null) {
            int colon = info.indexOf(':');
            passwordOnCommandLine = true;
            password = decoded(info.substring(colon + 1));
            user = colon > 0 ? decoded(info.substring(0, colon)) : user;
        }
        if (uri.getPath() != null && uri.getPath().length() > 1) {
            database = Integer.parseInt(uri.getPath().substring(1));
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    String address() {
        return unixSocket != null ? unixSocket : host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port;
    }
}
