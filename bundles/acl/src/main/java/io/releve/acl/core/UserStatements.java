package io.releve.acl.core;

import io.releve.bytes.QuotedWords;
import io.releve.config.Statement;
import io.releve.config.StatementSet;
import io.releve.info.InfoSection;
import io.releve.security.Authorizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/**
 * The lines {@code user ...} of the configuration. Whoever decides by them is offered before the settings are, so that no engine
 * opens without: names of commands are looked at when there is an engine, how the rules are written is at once.
 */
@Component(immediate = true, service = StatementSet.class)
public final class UserStatements implements StatementSet {
    private static final String WORD = "user";

    private final BundleContext context;
    private final List<ServiceRegistration<?>> registrations = new ArrayList<>();
    private volatile AclAuthorizer authorizer;

    /** @param context null in a test without OSGi */
    @Activate
    public UserStatements(BundleContext context) {
        this.context = context;
    }

    @Override
    public Set<String> words() {
        return Set.of(WORD);
    }

    @Override
    public boolean mayStandElsewhere() {
        return true;
    }

    @Override
    public synchronized void read(List<Statement> statements) throws Statement.WrongException {
        AclAuthorizer reading = new AclAuthorizer(declarations(statements));
        // the settings were read before, by another reader than now
        close();
        authorizer = reading;
        if (context != null) {
            registrations.add(context.registerService(Authorizer.class, reading, null));
            registrations.add(context.registerService(InfoSection.class, reading.statistics(), null));
        }
    }

    private static List<Declaration> declarations(List<Statement> statements) throws Statement.WrongException {
        Map<String, Declaration> byName = new LinkedHashMap<>();
        Map<String, String> sources = new LinkedHashMap<>();
        for (Statement statement : statements) {
            Declaration declaration = declaration(statement);
            String source = sources.put(declaration.name(), statement.source());
            if (statement.source().equals(source)) {
                throw wrong(statement, "Duplicate user found. A user can only be defined once in config files");
            }
            // of files that include others the one that is read last counts: the one that is rewritten
            byName.put(declaration.name(), declaration);
        }
        return List.copyOf(byName.values());
    }

    private static Declaration declaration(Statement statement) throws Statement.WrongException {
        List<String> words = statement.words().stream().map(Names::raw).toList();
        if (words.size() < 2) {
            throw new Statement.WrongException(statement, "Bad directive or wrong number of arguments");
        }
        if (Names.hasSpaces(words.get(1))) {
            throw new Statement.WrongException(statement, "Spaces not allowed in ACL usernames");
        }
        try {
            List<String> rules = RuleWords.merged(words.subList(2, words.size()));
            Rights tried = new Accounts(null).none();
            for (String rule : rules) {
                tried.apply(rule);
            }
            return new Declaration(words.get(1), rules, statement.text());
        } catch (RuleException e) {
            throw wrong(statement, e.getMessage());
        } catch (RuleWords.UnmatchedException e) {
            throw wrong(statement, "Unmatched parenthesis in acl selector starting at '" + e.getMessage() + "'.");
        }
    }

    private static Statement.WrongException wrong(Statement statement, String why) {
        return new Statement.WrongException(statement,
                "Error in user declaration '" + statement.words().get(1) + "': " + why);
    }

    @Deactivate
    synchronized void close() {
        registrations.forEach(ServiceRegistration::unregister);
        registrations.clear();
        if (authorizer != null) {
            authorizer.close();
        }
    }

    /** Who decides by what was read. */
    AclAuthorizer authorizer() {
        return authorizer;
    }

    /** All users, unless they have a file of their own; a line that says the same stays as it is. */
    @Override
    public List<String> lines() {
        AclAuthorizer current = authorizer;
        List<String> users = current == null ? null : current.users();
        if (users == null) {
            // a sentinel writes its file before its engine is open
            return current == null ? List.of() : current.declaredLines();
        }
        if (current.file() != null) {
            return List.of();
        }
        return users.stream().map(line -> current.declared().getOrDefault(line, quoted(line))).toList();
    }

    private static String quoted(String line) {
        return Stream.of(Names.utf8(line).split(" ", -1))
                .map(word -> word.startsWith("#") ? word : QuotedWords.quote(word)).collect(Collectors.joining(" "));
    }

    @Override
    public String key(List<String> words) {
        return words.size() < 2 ? null : words.get(1);
    }
}
