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
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
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
    private boolean isKey;
    private boolean reads;
    private boolean writes;
    /** What the rules say of commands, worked out once. A command whose bundle is gone is not kept for it. */
    private final Map<CommandSpec, Judgement> judgements = new WeakHashMap<>();
    /** Looked at first: many ask for the same again and again. */
    private Judgement last = Judgement.NONE;

    /**
     * What the rules say of a command.
     *
     * @param verdict see {@link CommandRules#verdict}
     * @param key where its key stands if that is all that is left to be looked at, otherwise 0
     * @param globs the keys it may be used on then
     */
    private record Judgement(WeakReference<CommandSpec> command, String[] verdict, int key, Glob[] globs) {
        static final Judgement NONE = new Judgement(new WeakReference<>(null), null, 0, null);
    }

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
        judgements.clear();
        last = Judgement.NONE;
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
        Judgement judgement = last;
        if (judgement.command.get() != command) {
            judgement = judgement(command);
            last = judgement;
        }
        int key = judgement.key;
        if (key == 0 || key >= request.size()) {
            return check(command, judgement.verdict, request);
        }
        Bytes name = request.get(key);
        for (Glob glob : judgement.globs) {
            if (glob.matches(name)) {
                return ALLOWED;
            }
        }
        return refusal(Kind.KEY, key);
    }

    private Judgement judgement(CommandSpec command) {
        Judgement judgement = judgements.get(command);
        if (judgement == null) {
            judgement = judge(command);
            judgements.put(command, judgement);
        }
        return judgement;
    }

    private Judgement judge(CommandSpec command) {
        String[] verdict = commands.verdict(command);
        int key = 0;
        Glob[] globs = null;
        if (verdict == CommandRules.ALLOWED && !allKeys && command.onlyKey() != null
                && (allChannels || !command.has(CommandFlag.PUBSUB))) {
            know(command.onlyKey().get(0).spec());
            if (isKey) {
                key = command.onlyKey().get(0).position();
                globs = keys.stream().filter(pattern -> pattern.allows(reads, writes)).map(KeyPattern::glob).toArray(Glob[]::new);
            }
        }
        return new Judgement(new WeakReference<>(command), verdict, key, globs);
    }

    private int check(CommandSpec command, String[] verdict, Arguments request) {
        if (!CommandRules.allows(verdict, request)) {
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
