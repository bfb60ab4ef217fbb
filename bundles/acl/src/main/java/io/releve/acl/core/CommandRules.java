package io.releve.acl.core;

import io.releve.command.Arguments;
import io.releve.command.CommandFlag;
import io.releve.command.CommandSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which commands a selector allows: all or none, and then rules in the order in which they came, of which the last that speaks
 * of a command counts. A rule takes away those that it makes superfluous, so that the list says what ACL GETUSER shows.
 *
 * <p>The rules are the truth, not a set of commands: so a command that comes later is judged by its name and its categories.
 */
final class CommandRules {
    /** What the rules say of a command that may be used with whatever arguments. */
    static final String[] ALLOWED = {};
    private static final String[] DENIED = {};

    private final Catalogue catalogue;
    private boolean all;
    /** Lower case with the sign before it. */
    private final List<String> rules;

    /** @param catalogue null as long as no commands are known */
    CommandRules(Catalogue catalogue) {
        this(catalogue, false, List.of());
    }

    private CommandRules(Catalogue catalogue, boolean all, List<String> rules) {
        this.catalogue = catalogue;
        this.all = all;
        this.rules = new ArrayList<>(rules);
    }

    CommandRules copy() {
        return new CommandRules(catalogue, all, rules);
    }

    /** Allows everything, or nothing, and forgets the rules. */
    void reset(boolean everything) {
        all = everything;
        rules.clear();
    }

    /** Whether everything is allowed, whatever comes. */
    boolean allowsAll() {
        return all && rules.isEmpty();
    }

    /** Takes up {@code +command}, {@code -command|sub}, {@code +@category} and the like. */
    void add(String rule) throws RuleException {
        String name = rule.substring(1).toLowerCase(Locale.ROOT);
        boolean plus = rule.charAt(0) == '+';
        if (name.startsWith("@")) {
            if (!Catalogue.CATEGORIES.contains(name.substring(1))) {
                throw RuleException.unknown();
            }
        } else {
            name = checked(name, plus);
        }
        String added = name;
        rules.removeIf(old -> old.startsWith(added, 1)
                && (old.length() == added.length() + 1 || old.charAt(added.length() + 1) == '|'));
        rules.add(rule.charAt(0) + name);
    }

    private String checked(String name, boolean plus) throws RuleException {
        int bar = plus ? name.lastIndexOf('|') : -1;
        if (bar < 0) {
            if (catalogue != null && !catalogue.knows(name)) {
                throw RuleException.unknown();
            }
            return name;
        }
        String command = name.substring(0, bar);
        if (catalogue != null && !catalogue.knows(command)) {
            throw RuleException.unknown();
        }
        if (command.indexOf('|') >= 0) {
            throw RuleException.because("Allowing first-arg of a subcommand is not supported");
        }
        if (bar == name.length() - 1) {
            throw RuleException.syntax();
        }
        if (catalogue != null && catalogue.isContainer(command) && !catalogue.knows(name)) {
            throw RuleException.unknown();
        }
        return name;
    }

    /** @param verdict what {@link #verdict} said of the command */
    static boolean allows(String[] verdict, Arguments request) {
        if (verdict == ALLOWED || verdict == DENIED) {
            return verdict == ALLOWED;
        }
        for (String first : verdict) {
            if (request.size() > 1 && request.get(1).latin1().equalsIgnoreCase(first)) {
                return true;
            }
        }
        return false;
    }

    /** What the rules say of a command: {@link #ALLOWED}, {@link #DENIED}, or the first arguments that are allowed. */
    String[] verdict(CommandSpec command) {
        if (command.has(CommandFlag.NO_AUTH)) {
            return ALLOWED;
        }
        String name = command.name().toLowerCase(Locale.ROOT);
        int bar = name.indexOf('|');
        String parent = bar < 0 ? null : name.substring(0, bar);
        Set<String> inherited = parent == null || catalogue == null ? Set.of() : catalogue.categories(parent);
        boolean allowed = all;
        List<String> firstArguments = new ArrayList<>();
        for (String rule : rules) {
            String subject = rule.substring(1);
            boolean speaksOfIt = subject.startsWith("@")
                    ? command.categories().contains(subject.substring(1)) || inherited.contains(subject.substring(1))
                    : subject.equals(name) || subject.equals(parent);
            if (speaksOfIt) {
                allowed = rule.charAt(0) == '+';
                firstArguments.clear();
            } else if (bar < 0 && subject.startsWith(name) && subject.startsWith("|", name.length())) {
                firstArguments.add(subject.substring(name.length() + 1));
            }
        }
        return allowed ? ALLOWED : firstArguments.isEmpty() ? DENIED : firstArguments.toArray(String[]::new);
    }

    /** As ACL GETUSER shows them. */
    @Override
    public String toString() {
        return (all ? "+@all" : "-@all") + (rules.isEmpty() ? "" : ' ' + String.join(" ", rules));
    }
}
