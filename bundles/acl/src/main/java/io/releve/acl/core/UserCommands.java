package io.releve.acl.core;

import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandException;
import io.releve.command.CommandSpec;
import io.releve.command.Reply;
import io.releve.security.Authorizer;
import io.releve.security.Denial;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** The subcommands of ACL about users. */
final class UserCommands {
    private UserCommands() {
    }

    static void list(AclAuthorizer acl, Call call) {
        List<String> lines = acl.users();
        call.reply().array(lines.size());
        lines.forEach(line -> call.reply().bulk(Names.bytes(line)));
    }

    static void names(AclAuthorizer acl, Call call) {
        Collection<Account> all = acl.accounts().all();
        call.reply().array(all.size());
        all.forEach(account -> call.reply().bulk(Names.bytes(account.key())));
    }

    /** All rules or none. */
    static void set(AclAuthorizer acl, Call call) {
        Arguments request = call.arguments();
        String name = request.get(2).latin1();
        if (Names.hasSpaces(name)) {
            throw new CommandException("ERR Usernames can't contain spaces or null characters");
        }
        List<String> words = new ArrayList<>();
        for (int i = 3; i < request.size(); i++) {
            words.add(request.get(i).latin1());
        }
        acl.catalogue();
        boolean channels = acl.accounts().channelsOfNew();
        Account account = acl.accounts().find(name);
        Rights rights = account == null ? acl.accounts().none() : account.rights().copy(channels);
        try {
            for (String rule : RuleWords.merged(words)) {
                apply(rights, rule);
            }
        } catch (RuleWords.UnmatchedException e) {
            throw new CommandException("ERR Unmatched parenthesis in acl selector starting at '" + e.getMessage() + "'.");
        }
        acl.change(name, rights, call.session());
        call.reply().ok();
    }

    private static void apply(Rights rights, String rule) {
        try {
            rights.apply(rule);
        } catch (RuleException e) {
            throw new CommandException("ERR Error in ACL SETUSER modifier '" + rule + "': " + e.getMessage());
        }
    }

    static void delete(AclAuthorizer acl, Call call) {
        Arguments request = call.arguments();
        int deleted = 0;
        for (int i = 2; i < request.size(); i++) {
            String name = request.get(i).latin1();
            if (name.equals(Authorizer.DEFAULT_USER)) {
                throw new CommandException("ERR The 'default' user cannot be removed");
            }
        }
        for (int i = 2; i < request.size(); i++) {
            Account account = acl.accounts().find(request.get(i).latin1());
            if (account != null) {
                acl.remove(account, call.session());
                deleted++;
            }
        }
        call.reply().integer(deleted);
    }

    static void show(AclAuthorizer acl, Call call) {
        Account account = acl.accounts().find(call.arguments().get(2).latin1());
        Reply reply = call.reply();
        if (account == null) {
            reply.nil();
            return;
        }
        Rights rights = account.rights();
        reply.map(6);
        reply.bulk("flags");
        reply.set(rights.flags().size());
        rights.flags().forEach(reply::bulk);
        reply.bulk("passwords");
        List<String> passwords = rights.passwords().shown();
        reply.array(passwords.size());
        passwords.forEach(reply::bulk);
        show(rights.root(), reply);
        reply.bulk("selectors");
        reply.array(rights.selectors().size());
        for (Selector selector : rights.selectors()) {
            reply.map(3);
            show(selector, reply);
        }
    }

    private static void show(Selector selector, Reply reply) {
        reply.bulk("commands");
        reply.bulk(Names.bytes(selector.commandRules()));
        reply.bulk("keys");
        reply.bulk(Names.bytes(selector.keyRules()));
        reply.bulk("channels");
        reply.bulk(Names.bytes(selector.channelRules()));
    }

    static void dryRun(AclAuthorizer acl, Call call) {
        Arguments request = call.arguments();
        Account account = acl.accounts().find(request.get(2).latin1());
        if (account == null) {
            throw new CommandException("ERR User '" + request.get(2).latin1() + "' not found");
        }
        Object[] words = new Object[request.size() - 3];
        for (int i = 0; i < words.length; i++) {
            words[i] = request.get(i + 3);
        }
        Arguments tried = Arguments.of(words);
        CommandSpec command = command(acl.catalogue(), tried);
        if (command == null) {
            throw new CommandException("ERR Command '" + tried.get(0).latin1() + "' not found");
        }
        if (!command.accepts(tried.size())) {
            throw new CommandException("ERR wrong number of arguments for '" + command.name().toLowerCase(Locale.ROOT)
                    + "' command");
        }
        Denial denial = acl.check(account, command, tried);
        if (denial == null) {
            call.reply().ok();
            return;
        }
        call.reply().bulk(Names.bytes(switch (denial.kind()) {
            case COMMAND -> Names.raw(denial.message());
            case KEY -> may(account, denial, "key");
            case CHANNEL -> may(account, denial, "channel");
        }));
    }

    private static String may(Account account, Denial denial, String what) {
        return "User " + account.key() + " has no permissions to access the '" + denial.object() + "' " + what;
    }

    private static CommandSpec command(Catalogue catalogue, Arguments words) {
        String name = words.get(0).latin1().toLowerCase(Locale.ROOT);
        return words.size() > 1 && catalogue.isContainer(name)
                ? catalogue.find(name + '|' + words.get(1).latin1().toLowerCase(Locale.ROOT)) : catalogue.find(name);
    }
}
