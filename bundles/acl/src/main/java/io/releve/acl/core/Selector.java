package io.releve.acl.core;

import io.releve.bytes.Bytes;
import io.releve.bytes.Glob;
import io.releve.command.Arguments;
import io.releve.command.CommandFlag;
import io.releve.command.CommandSpec;
import io.releve.command.KeyPositions;
import io.releve.command.KeySpec;
import io.releve.command.KeySpec.Flag;
import io.releve.security.Denial.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Commands together with the keys and channels they may be used on (redis.io, ACL, Selectors). */
final class Selector {
    /** What {@link #check} answers when everything is allowed; otherwise see {@link #refusal}. */
    static final int ALLOWED = -1;

    private final CommandRules commands;
    private final List<KeyPattern> keys = new ArrayList<>();
    private final Map<String, Glob> channels = new LinkedHashMap<>();
    private boolean allKeys;
    private boolean allChannels;
    /** What was asked of the keys that were looked at last: sets of flags take time. */
    private KeySpec known;
    /** A command that was allowed as a whole, and of which only its one key is to be looked at; null for none. */
    private CommandSpec ordinary;
    private int keyPosition;
    private boolean isKey;
    private boolean reads;
    private boolean writes;

    Selector(Catalogue catalogue, boolean allChannels) {
        this(new CommandRules(catalogue));
        this.allChannels = allChannels;
    }

    private Selector(CommandRules commands) {
        this.commands = commands;
    }

    Selector copy() {
        Selector copy = new Selector(commands.copy());
        copy.keys.addAll(keys);
        copy.channels.putAll(channels);
        copy.allKeys = allKeys;
        copy.allChannels = allChannels;
        return copy;
    }

    /** Takes up one rule. */
    void apply(String rule) throws RuleException {
        ordinary = null;
        switch (rule.toLowerCase(Locale.ROOT)) {
            case "allkeys", "~*" -> keys(true);
            case "resetkeys" -> keys(false);
            case "allchannels", "&*" -> channels(true);
            case "resetchannels" -> channels(false);
            case "allcommands", "+@all" -> commands.reset(true);
            case "nocommands", "-@all" -> commands.reset(false);
            default -> {
                switch (rule.charAt(0)) {
                    case '~', '%' -> key(rule);
                    case '&' -> channel(rule.substring(1));
                    case '+', '-' -> commands.add(rule);
                    default -> throw RuleException.syntax();
                }
            }
        }
    }

    private void keys(boolean all) {
        allKeys = all;
        keys.clear();
    }

    private void channels(boolean all) {
        allChannels = all;
        channels.clear();
    }

    private void key(String rule) throws RuleException {
        if (allKeys) {
            throw RuleException.because("Adding a pattern after the * pattern (or the 'allkeys' flag) is not valid and does"
                    + " not have any effect. Try 'resetkeys' to start with an empty list of patterns");
        }
        boolean reads = rule.charAt(0) == '~';
        boolean writes = reads;
        int at = 1;
        for (boolean open = !reads; open && at < rule.length(); at++) {
            char letter = Character.toUpperCase(rule.charAt(at));
            if (letter == 'R' && !reads) {
                reads = true;
            } else if (letter == 'W' && !writes) {
                writes = true;
            } else if (letter == '~') {
                open = false;
            } else {
                throw RuleException.syntax();
            }
        }
        String pattern = rule.substring(at);
        if (!reads && !writes || Names.hasSpaces(pattern)) {
            throw RuleException.syntax();
        }
        for (int i = 0; i < keys.size(); i++) {
            if (keys.get(i).text().equals(pattern)) {
                keys.set(i, keys.get(i).with(reads, writes));
                return;
            }
        }
        keys.add(KeyPattern.of(pattern, reads, writes));
    }

    private void channel(String pattern) throws RuleException {
        if (allChannels) {
            throw RuleException.because("Adding a pattern after the * pattern (or the 'allchannels' flag) is not valid and"
                    + " does not have any effect. Try 'resetchannels' to start with an empty list of channels");
        }
        if (Names.hasSpaces(pattern)) {
            throw RuleException.syntax();
        }
        channels.putIfAbsent(pattern, KeyPattern.glob(pattern));
    }

    boolean allowsAll() {
        return allKeys && allChannels && commands.allowsAll();
    }

    /** @return {@link #ALLOWED}, or what is missing: the larger, the nearer the request came to be allowed */
    int check(CommandSpec command, Arguments request) {
        if (command == ordinary && keyPosition < request.size() && known == command.onlyKey().get(0).spec()) {
            return allowsKey(request.get(keyPosition)) ? ALLOWED : refusal(Kind.KEY, keyPosition);
        }
        int outcome = judge(command, request);
        if (outcome == ALLOWED && !allKeys && command.onlyKey() != null && isKey && commands.allowsAny(command)
                && (allChannels || !command.has(CommandFlag.PUBSUB))) {
            ordinary = command;
            keyPosition = command.onlyKey().get(0).position();
        }
        return outcome;
    }

    private int judge(CommandSpec command, Arguments request) {
        if (!commands.allows(command, request)) {
            return refusal(Kind.COMMAND, 0);
        }
        if (!allKeys && !command.keys().isEmpty()) {
            List<KeyPositions.Found> found = KeyPositions.of(command, request);
            for (int i = 0; found != null && i < found.size(); i++) {
                KeyPositions.Found key = found.get(i);
                if (key.spec() != known) {
                    know(key.spec());
                }
                if (isKey && !allowsKey(request.get(key.position()))) {
                    return refusal(Kind.KEY, key.position());
                }
            }
        }
        if (!allChannels && command.has(CommandFlag.PUBSUB)) {
            return checkChannels(command, request);
        }
        return ALLOWED;
    }

    private void know(KeySpec spec) {
        Set<Flag> flags = spec.flags();
        isKey = !flags.contains(Flag.NOT_KEY);
        reads = flags.contains(Flag.ACCESS);
        writes = flags.contains(Flag.INSERT) || flags.contains(Flag.UPDATE) || flags.contains(Flag.DELETE);
        known = spec;
    }

    private boolean allowsKey(Bytes key) {
        for (int i = 0; i < keys.size(); i++) {
            if (keys.get(i).allows(key, reads, writes)) {
                return true;
            }
        }
        return false;
    }

    private int checkChannels(CommandSpec command, Arguments request) {
        boolean pattern = command.name().equals("PSUBSCRIBE");
        int end = switch (command.name()) {
            case "SUBSCRIBE", "SSUBSCRIBE", "PSUBSCRIBE" -> request.size();
            case "PUBLISH", "SPUBLISH" -> 2;
            default -> 0;
        };
        for (int i = 1; i < end; i++) {
            if (!allowsChannel(request.get(i), pattern)) {
                return refusal(Kind.CHANNEL, i);
            }
        }
        return ALLOWED;
    }

    /** @param pattern whether it is a pattern: one that is allowed must say the same, letter by letter */
    boolean allowsChannel(Bytes name, boolean pattern) {
        if (allChannels) {
            return true;
        }
        if (pattern) {
            return channels.containsKey(name.latin1());
        }
        for (Glob glob : channels.values()) {
            if (glob.matches(name)) {
                return true;
            }
        }
        return false;
    }

    /** The rules for channels that are given one by one. */
    Set<String> channels() {
        return channels.keySet();
    }

    boolean allowsAllChannels() {
        return allChannels;
    }

    /** Whether a command it allows may also read keys that do not stand in the request. */
    boolean readsEveryKey(CommandSpec command, Arguments request) {
        return check(command, request) == ALLOWED
                && (allKeys || keys.stream().anyMatch(pattern -> pattern.text().equals("*") && pattern.reads()));
    }

    static int refusal(Kind kind, int position) {
        return kind.ordinal() << 28 | Math.min(position, (1 << 28) - 1);
    }

    static Kind kind(int refusal) {
        return Kind.values()[refusal >>> 28];
    }

    static int position(int refusal) {
        return refusal & (1 << 28) - 1;
    }

    String commandRules() {
        return commands.toString();
    }

    String keyRules() {
        return allKeys ? "~*" : keys.stream().map(KeyPattern::toString).collect(Collectors.joining(" "));
    }

    String channelRules() {
        return allChannels ? "&*" : channels.keySet().stream().map(name -> '&' + name).collect(Collectors.joining(" "));
    }

    /** As ACL LIST shows it. */
    @Override
    public String toString() {
        // a pattern behind ~*, as %RW~* is shown, could not be read again, and says nothing more
        boolean every = keys.stream().anyMatch(pattern -> pattern.toString().equals("~*"));
        String keyPart = every ? "~* " : keyRules().isEmpty() ? "" : keyRules() + ' ';
        String channelPart = channelRules().isEmpty() ? "" : channelRules() + ' ';
        return keyPart + (allChannels ? "" : "resetchannels ") + channelPart + commands;
    }
}
