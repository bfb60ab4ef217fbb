package io.releve.management;

import io.releve.config.Directive;
import io.releve.config.Directive.Trait;
import io.releve.config.DirectiveSet;
import java.util.List;
import org.osgi.service.component.annotations.Component;

/** Settings of the process and its log (redis.conf of Redis 7.2). */
@Component
public final class ProcessDirectives implements DirectiveSet {
    static final Directive<String> LOGLEVEL =
            Directive.choice("loglevel", "notice", "debug", "verbose", "notice", "warning", "nothing");
    /** Path of the log file; empty: standard output. */
    static final Directive<String> LOGFILE = Directive.text("logfile", "").with(Trait.IMMUTABLE);
    /** Ours: lines for people, or an object of JSON a line. */
    static final Directive<String> LOG_FORMAT = Directive.choice("log-format", "text", "text", "json").with(Trait.IMMUTABLE);
    static final Directive<String> PIDFILE = Directive.text("pidfile", "").with(Trait.IMMUTABLE);
    static final Directive<Boolean> DAEMONIZE = Directive.of("daemonize", new OnlyNo(
            "the server stays in the foreground: start it with systemd or another supervisor, or with nohup and &"),
            false).with(Trait.IMMUTABLE);
    static final Directive<Boolean> SYSLOG = Directive.of("syslog-enabled", new OnlyNo(
            "the server does not write to syslog: leave logfile empty and let the supervisor take its output"),
            false).with(Trait.IMMUTABLE);
    static final Directive<String> SYSLOG_IDENT = Directive.text("syslog-ident", "releve").with(Trait.IMMUTABLE);
    static final Directive<String> SYSLOG_FACILITY = Directive.choice("syslog-facility", "local0", "user", "local0",
            "local1", "local2", "local3", "local4", "local5", "local6", "local7").with(Trait.IMMUTABLE);
    static final Directive<Boolean> SHOW_LOGO = Directive.bool("always-show-logo", false).with(Trait.IMMUTABLE);
    static final Directive<String> SUPERVISED =
            Directive.choice("supervised", "no", "no", "upstart", "systemd", "auto").with(Trait.IMMUTABLE);
    /** A Java process cannot change its title; taken so that files from elsewhere are understood. */
    static final Directive<Boolean> PROC_TITLE = Directive.bool("set-proc-title", true).with(Trait.IMMUTABLE);
    static final Directive<String> PROC_TITLE_TEMPLATE =
            Directive.text("proc-title-template", "{title} {listen-addr} {server-mode}");
    /** The JVM writes its own crash reports. */
    static final Directive<Boolean> CRASH_LOG = Directive.bool("crash-log-enabled", true);
    static final Directive<Boolean> CRASH_MEMCHECK = Directive.bool("crash-memcheck-enabled", true);

    /** Whether BUNDLE may be used: by nobody, by everybody, by clients of this machine; ours. */
    public static final Directive<String> BUNDLE_COMMAND =
            Directive.choice("enable-bundle-command", "no", "no", "yes", "local").with(Trait.IMMUTABLE);

    @Override
    public List<Directive<?>> directives() {
        return List.of(LOGLEVEL, LOGFILE, LOG_FORMAT, PIDFILE, DAEMONIZE, SYSLOG, SYSLOG_IDENT, SYSLOG_FACILITY, SHOW_LOGO,
                SUPERVISED, PROC_TITLE, PROC_TITLE_TEMPLATE, CRASH_LOG, CRASH_MEMCHECK, BUNDLE_COMMAND);
    }

    /** {@code yes} is refused with a sentence that says what to do instead. */
    private record OnlyNo(String instead) implements Directive.Format<Boolean> {
        @Override
        public Boolean parse(List<String> words) {
            if (SHOW_LOGO.format().parse(words)) {
                throw new IllegalArgumentException(instead);
            }
            return false;
        }

        @Override
        public String show(Boolean value) {
            return "no";
        }
    }
}
