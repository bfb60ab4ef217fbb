package io.releve.acl.core;

import io.releve.bytes.QuotedWords;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Everything a user is but its name (redis.io, ACL SETUSER). Rules are taken up one by one, by a copy if all or none are to be. */
final class Rights {
    private final Catalogue catalogue;
    /** Of what is new: {@code acl-pubsub-default}. */
    private final boolean allChannels;
    private final Passwords passwords;
    private Selector root;
    private final List<Selector> selectors = new ArrayList<>();
    private boolean on;
    private boolean nopass;
    private boolean skipsSanitizing;

    /** Those of a new user: none. */
    Rights(Catalogue catalogue, boolean allChannels) {
        this(catalogue, allChannels, new Passwords(), new Selector(catalogue, allChannels));
    }

    private Rights(Catalogue catalogue, boolean allChannels, Passwords passwords, Selector root) {
        this.catalogue = catalogue;
        this.allChannels = allChannels;
        this.passwords = passwords;
        this.root = root;
    }

    /** @param channelsOfNew whether what is new from now on may use all channels */
    Rights copy(boolean channelsOfNew) {
        Rights copy = new Rights(catalogue, channelsOfNew, passwords.copy(), root.copy());
        copy.selectors.addAll(selectors);
        copy.on = on;
        copy.nopass = nopass;
        copy.skipsSanitizing = skipsSanitizing;
        return copy;
    }

    /** Takes up one rule of the user. */
    void apply(String rule) throws RuleException {
        if (rule.isEmpty()) {
            return;
        }
        switch (rule.toLowerCase(Locale.ROOT)) {
            case "on" -> on = true;
            case "off" -> on = false;
            case "nopass" -> noPassword(true);
            case "resetpass" -> noPassword(false);
            case "skip-sanitize-payload" -> skipsSanitizing = true;
            case "sanitize-payload" -> skipsSanitizing = false;
            case "clearselectors" -> selectors.clear();
            case "reset" -> reset();
            default -> applyOther(rule);
        }
    }

    private void applyOther(String rule) throws RuleException {
        String rest = rule.substring(1);
        switch (rule.charAt(0)) {
            case '>' -> add(Passwords.hash(Names.bytes(rest)));
            case '#' -> add(Passwords.parse(rest));
            case '<' -> passwords.remove(Passwords.hash(Names.bytes(rest)));
            case '!' -> passwords.remove(Passwords.parse(rest));
            case '(' -> selectors.add(selector(rule));
            default -> root.apply(rule);
        }
    }

    private void add(byte[] hash) {
        passwords.add(hash);
        nopass = false;
    }

    private void noPassword(boolean anyIsGood) {
        passwords.clear();
        nopass = anyIsGood;
    }

    private Selector selector(String rule) throws RuleException {
        if (!rule.endsWith(")")) {
            throw RuleException.syntax();
        }
        byte[] inner = Names.bytes(rule.substring(1, rule.length() - 1));
        List<byte[]> words = QuotedWords.split(inner, 0, inner.length);
        if (words == null) {
            throw RuleException.syntax();
        }
        Selector selector = new Selector(catalogue, allChannels);
        for (byte[] word : words) {
            if (word.length > 0) {
                selector.apply(new String(word, StandardCharsets.ISO_8859_1));
            }
        }
        return selector;
    }

    private void reset() {
        noPassword(false);
        on = false;
        skipsSanitizing = false;
        selectors.clear();
        root = new Selector(catalogue, allChannels);
    }

    boolean on() {
        return on;
    }

    /** Whether every password is good. */
    boolean nopass() {
        return nopass;
    }

    Passwords passwords() {
        return passwords;
    }

    Selector root() {
        return root;
    }

    List<Selector> selectors() {
        return selectors;
    }

    /** The root and the others. */
    List<Selector> all() {
        List<Selector> all = new ArrayList<>(selectors.size() + 1);
        all.add(root);
        all.addAll(selectors);
        return all;
    }

    /** In the order of ACL GETUSER. */
    List<String> flags() {
        List<String> flags = new ArrayList<>(List.of(on ? "on" : "off"));
        if (nopass) {
            flags.add("nopass");
        }
        flags.add(skipsSanitizing ? "skip-sanitize-payload" : "sanitize-payload");
        return flags;
    }

    /** The rules that make the same of a new user, as ACL LIST shows them. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder(String.join(" ", flags()));
        passwords.shown().forEach(hash -> text.append(" #").append(hash));
        text.append(' ').append(root);
        selectors.forEach(selector -> text.append(" (").append(selector).append(')'));
        return text.toString();
    }
}
