package io.releve.acl.core;

import io.releve.acl.core.AccessLog.Reason;
import io.releve.command.Arguments;
import io.releve.command.CommandSpec;
import io.releve.config.Settings;
import io.releve.engine.ClientLine;
import io.releve.engine.Engine;
import io.releve.engine.Session;
import io.releve.info.InfoSection;
import io.releve.security.Authorizer;
import io.releve.security.Denial;
import io.releve.security.User;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The users of one engine, and what they may do (redis.io, ACL). */
public final class AclAuthorizer implements Authorizer {
    private static final Logger LOG = LoggerFactory.getLogger(AclAuthorizer.class);

    private final List<Declaration> declared;
    private final AccessLog log = new AccessLog();
    private final WrongPasswords wrongPasswords = new WrongPasswords();
    private final List<AutoCloseable> watches = new ArrayList<>();
    private boolean closed;
    private Engine engine;
    private Catalogue catalogue;
    /** The lines that declare users, as they were read. */
    List<String> declaredLines() {
        return declared.stream().map(Declaration::line).toList();
    }

    /** Lines of the configuration, by what ACL LIST shows of users who are as they were declared. */
    private volatile Map<String, String> lineOf = Map.of();
    /** Null before there is an engine. */
    private volatile Accounts accounts;
    private volatile boolean authenticationRequired;
    /** As ACL LIST shows them; null before there is an engine. */
    private volatile List<String> lines;

    /** @param declared the users of the configuration file */
    AclAuthorizer(List<Declaration> declared) {
        this.declared = List.copyOf(declared);
    }

    /** Only the default user, and whoever is made with ACL SETUSER or stands in {@code aclfile}. */
    public static AclAuthorizer withoutDeclarations() {
        return new AclAuthorizer(List.of());
    }

    @Override
    public void attach(Engine newEngine, String requirepass, List<String> users) {
        engine = newEngine;
        catalogue = new Catalogue(newEngine::specs).refreshed();
        Accounts fresh = new Accounts(catalogue);
        Settings settings = newEngine.settings();
        fresh.channelsOfNew(settings.get(AclDirectives.PUBSUB_DEFAULT).equals("allchannels"));
        UserFile file = file();
        if (users != null) {
            new Declarations(fresh).take(users);
        } else if (file != null && !declared.isEmpty()) {
            throw new IllegalArgumentException("Configuring Redis with users defined in redis.conf and at the same setting an"
                    + " ACL file path is invalid. This setup is very likely to lead to configuration errors and security"
                    + " holes, please define either an ACL file or declare users directly in your redis.conf, but not both.");
        } else if (file != null) {
            take(file, fresh);
        } else {
            password(fresh, requirepass);
            new Declarations(fresh).declare(declared);
            lineOf = declared.stream().filter(Declaration::keepsSecrets).collect(Collectors.toUnmodifiableMap(
                    declaration -> Accounts.line(fresh.find(declaration.name())), Declaration::line));
        }
        accounts = fresh;
        changed();
        follow(settings, fresh);
    }

    private void follow(Settings settings, Accounts fresh) {
        synchronized (watches) {
            // those of an engine that is no more would keep it
            followNothing();
            if (!closed) {
                watches.add(settings.watch(AclDirectives.LOG_LENGTH, log::limit));
                watches.add(settings.watch(AclDirectives.PUBSUB_DEFAULT, value -> fresh.channelsOfNew(value.equals("allchannels"))));
            }
        }
    }

    private static void take(UserFile file, Accounts fresh) {
        try {
            file.parse(file.read(), fresh).forEach(fresh::put);
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalArgumentException("Aborting Redis startup because of ACL errors: " + e.getMessage(), e);
        }
    }

    /** Where the users are kept, or null: in the configuration file. */
    UserFile file() {
        String name = engine.settings().get(AclDirectives.FILE);
        return name.isEmpty() ? null : new UserFile(name, engine.settings().find("dir").getOrDefault("dir", "."));
    }

    /** Follows the settings no longer, also if an engine takes it up only now. */
    void close() {
        synchronized (watches) {
            closed = true;
            followNothing();
        }
    }

    private void followNothing() {
        for (AutoCloseable watch : watches) {
            try {
                watch.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
        watches.clear();
    }

    /** Lines of the configuration, by what ACL LIST would show of what they declare. Any thread. */
    Map<String, String> declared() {
        return lineOf;
    }

    /** Everybody as ACL LIST shows it; null before there is an engine. Any thread. */
    @Override
    public List<String> users() {
        return lines;
    }

    @Override
    public void password(String requirepass) {
        password(accounts, requirepass);
        changed();
    }

    private static void password(Accounts accounts, String requirepass) {
        Rights rights = accounts.first().rights().copy(accounts.channelsOfNew());
        try {
            rights.apply("resetpass");
            rights.apply(requirepass.isEmpty() ? "nopass" : '>' + Names.raw(requirepass));
        } catch (RuleException e) {
            throw new IllegalStateException(e);
        }
        accounts.first().rights(rights);
    }

    private void changed() {
        Rights rights = accounts.first().rights();
        authenticationRequired = !rights.nopass() || !rights.on();
        lines = accounts.lines();
    }

    Accounts accounts() {
        return accounts;
    }

    /** The commands there are now. */
    Catalogue catalogue() {
        return catalogue.refreshed();
    }

    AccessLog log() {
        return log;
    }

    @Override
    public boolean authenticationRequired() {
        return authenticationRequired;
    }

    @Override
    public boolean authenticate(String user, byte[] password) {
        Account account = accounts.find(Names.raw(user));
        if (account == null) {
            // takes as long as for one who is there
            Passwords.hash(password);
            return false;
        }
        return account.authenticates(password);
    }

    @Override
    public long patience(Session session) {
        return wrongPasswords.delay(session.connection().remoteAddress(), engine.clock().milliseconds());
    }

    @Override
    public void failed(Session session, Arguments request, String user) {
        long now = engine.clock().milliseconds();
        wrongPasswords.add(session.connection().remoteAddress(), now);
        log.add(Reason.AUTH, session.queued() < 0 ? Context.TOPLEVEL : Context.MULTI, request.get(0).latin1(),
                Names.raw(user), ClientLine.of(session, now), now);
    }

    @Override
    public User user(String name) {
        return name.equals(DEFAULT_USER) ? accounts.first() : accounts.find(Names.raw(name));
    }

    @Override
    public Denial check(User user, CommandSpec command, Arguments request) {
        if (user instanceof Account account) {
            return account.check(command, request);
        }
        return user.mayDoAll() ? null : new Denial(Denial.Kind.COMMAND, command.name(), "the user does not exist any more");
    }

    @Override
    public void denied(Session client, Context context, Denial denial) {
        long now = engine.clock().milliseconds();
        log.add(Reason.valueOf(denial.kind().name()), context, denial.object(), Names.raw(client.user()),
                ClientLine.of(client, now), now);
    }

    @Override
    public boolean readsEveryKey(User user, CommandSpec command, Arguments request) {
        return user.mayDoAll() || user instanceof Account account && account.readsEveryKey(command, request);
    }

    /** Gives a user other rights; who listens to what it may not hear any more is cut off. */
    void change(String key, Rights rights, Session caller) {
        assign(key, rights, caller);
        changed();
    }

    private void assign(String key, Rights rights, Session caller) {
        Account account = accounts.find(key);
        boolean check = account != null && !account.keepsChannels(rights);
        account = accounts.put(key, rights);
        for (Session session : check ? engine.sessions() : List.<Session>of()) {
            if (session.account() == account && session.subscribed()
                    && !account.allowsSubscriptions(session, engine.subscriptions())) {
                end(session, caller);
            }
        }
    }

    /** Takes a user away and ends its connections. */
    void remove(Account account, Session caller) {
        end(account, caller);
        changed();
    }

    private void end(Account account, Session caller) {
        accounts.remove(account);
        for (Session session : engine.sessions()) {
            if (session.account() == account) {
                end(session, caller);
            }
        }
    }

    /** Takes the users of a file in the place of those that are there. */
    void replace(Map<String, Rights> users, Session caller) {
        Map<String, Rights> all = new TreeMap<>(users);
        all.putIfAbsent(DEFAULT_USER, accounts.unlimited());
        for (Account account : accounts.all()) {
            if (!all.containsKey(account.key())) {
                end(account, caller);
            }
        }
        all.forEach((key, rights) -> assign(key, rights, caller));
        changed();
        LOG.info("{} users loaded", all.size());
    }

    private void end(Session session, Session caller) {
        if (session.id() == caller.id()) {
            session.closeAfterReplies();
        } else {
            engine.kill(session);
        }
    }

    /** The lines of INFO stats. */
    public InfoSection statistics() {
        return new Refusals(log);
    }
}
