package io.releve.acl.core;

import io.releve.security.Authorizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;

/** The users by name; the default user is always there. With the turn. */
final class Accounts {
    private final Catalogue catalogue;
    private final TreeMap<String, Account> byName = new TreeMap<>();
    private final Account first;
    /** {@code acl-pubsub-default}: whether a new user may use all channels. */
    private boolean channelsOfNew;

    /** @param catalogue null to look only at how rules are written */
    Accounts(Catalogue catalogue) {
        this.catalogue = catalogue;
        first = new Account(Authorizer.DEFAULT_USER, unlimited());
        byName.put(first.key(), first);
    }

    void channelsOfNew(boolean all) {
        channelsOfNew = all;
    }

    boolean channelsOfNew() {
        return channelsOfNew;
    }

    /** Those of the default user at first. */
    Rights unlimited() {
        Rights rights = new Rights(catalogue, channelsOfNew);
        try {
            for (String rule : List.of("+@all", "~*", "&*", "on", "nopass")) {
                rights.apply(rule);
            }
        } catch (RuleException e) {
            throw new IllegalStateException(e);
        }
        return rights;
    }

    Rights none() {
        return new Rights(catalogue, channelsOfNew);
    }

    /** The default user. Any thread. */
    Account first() {
        return first;
    }

    /** @param key one byte a character */
    Account find(String key) {
        return byName.get(key);
    }

    /** Gives a user other rights, or makes a new one. */
    Account put(String key, Rights rights) {
        Account account = byName.get(key);
        if (account == null) {
            account = new Account(key, rights);
            byName.put(key, account);
        } else {
            account.rights(rights);
        }
        return account;
    }

    /** A user goes, and whoever runs as it may do nothing from now on. */
    void remove(Account account) {
        byName.remove(account.key());
        account.rights(new Rights(catalogue, false));
    }

    /** In the order of their names. */
    Collection<Account> all() {
        return new ArrayList<>(byName.values());
    }

    /** As ACL LIST shows them, one byte a character. */
    List<String> lines() {
        return all().stream().map(Accounts::line).toList();
    }

    static String line(Account account) {
        return "user " + account.key() + ' ' + account.rights();
    }
}
