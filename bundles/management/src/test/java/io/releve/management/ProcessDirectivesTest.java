package io.releve.management;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.config.Directive;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessDirectivesTest {
    @Test
    void theBackgroundIsRefusedWithAdvice() {
        Directive<Boolean> daemonize = ProcessDirectives.DAEMONIZE;
        assertFalse(daemonize.format().parse(List.of("no")));
        assertTrue(assertThrows(IllegalArgumentException.class, 
                () -> daemonize.format().parse(List.of("yes"))).getMessage().contains("systemd"));
        assertEquals("argument must be 'yes' or 'no'", assertThrows(IllegalArgumentException.class,
                () -> daemonize.format().parse(List.of("perhaps"))).getMessage());
        assertEquals("wrong number of arguments", assertThrows(IllegalArgumentException.class,
                () -> daemonize.format().parse(List.of())).getMessage());
    }

    @Test
    void everyDefaultCanBeReadBack() {
        for (Directive<?> directive : new ProcessDirectives().directives()) {
            String shown = show(directive);
            assertEquals(directive.defaultValue(), directive.format().parse(List.of(shown)), directive.name());
        }
    }

    private static <T> String show(Directive<T> directive) {
        return directive.format().show(directive.defaultValue());
    }
}
