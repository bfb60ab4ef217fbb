package io.releve.events;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.releve.command.Command;
import io.releve.command.CommandSet;
import io.releve.engine.Engine;
import io.releve.engine.Exchange;
import io.releve.persistence.Journal;
import io.releve.persistence.JournalProvider;
import io.releve.persistence.PersistenceContext;
import io.releve.replication.Standing;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.osgi.service.event.Event;
import org.osgi.service.event.EventAdmin;

class EventSourceTest {
    private final List<String> events = new ArrayList<>();
    private Standing standing = Standing.MASTER;
    private String journal = "aof";

    private record Named(String name) implements JournalProvider, CommandSet {
        @Override
        public Journal open(PersistenceContext context) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Command> commands() {
            return List.of();
        }
    }

    private final EventAdmin admin = new EventAdmin() {
        @Override
        public void postEvent(Event event) {
            events.add(event.getTopic() + " " + event.getProperty("part") + " " + event.getProperty("from") + " "
                    + event.getProperty("to"));
        }

        @Override
        public void sendEvent(Event event) {
            throw new UnsupportedOperationException("nobody is waited for");
        }
    };

    @SuppressWarnings("unchecked")
    private static <T> T proxy(Class<T> type, java.util.function.Function<String, Object> answers) {
        return (T) Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type},
                (proxy, method, arguments) -> answers.apply(method.getName()));
    }

    @Test
    void changesAreToldOnce() {
        Exchange exchange = proxy(Exchange.class, name -> name.equals("journal") && journal != null ? new Named(journal) : null);
        Engine engine = proxy(Engine.class, name -> switch (name) {
            case "standing" -> standing;
            case "exchange" -> exchange;
            default -> throw new UnsupportedOperationException(name);
        });
        EventSource source = new EventSource(admin, engine);
        source.bindCommandSet(new Named("strings"));
        source.look();
        source.look();
        assertEquals(List.of(), events, "what is there from the beginning is no change");
        standing = new Standing(true, null, null, false, false);
        journal = null;
        source.look();
        journal = "segments";
        source.look();
        source.look();
        assertEquals(List.of("io/releve/ROLE null master replica", "io/releve/SWAP journal aof@0.0.0 segments@0.0.0"), events);
    }
}
