package io.releve.config.file;

/** The configuration cannot be used. The message is one sentence for the user. */
final class ConfigException extends Exception {
    private static final long serialVersionUID = 1;

    ConfigException(String sentence) {
        super(sentence);
    }
}
