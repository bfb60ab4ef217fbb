package io.releve.management;

import io.releve.config.Settings;
import io.releve.engine.Lifecycle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes {@code loglevel}, {@code logfile} and {@code pidfile} true. The log goes through Pax Logging with Logback,
 * which takes its configuration as a file named by Configuration Admin; where the launcher is not ours, the log belongs
 * to the container and stays as it is.
 */
@Component(immediate = true)
public final class LogSettings {
    private static final Logger LOG = LoggerFactory.getLogger(LogSettings.class);
    private static final String LOGGING_PID = "org.ops4j.pax.logging";

    private final BundleContext context;
    private final Settings settings;
    private final ConfigurationAdmin admin;
    private final List<AutoCloseable> watches = new ArrayList<>();
    private final Path logfile;
    private final boolean json;
    private Path pidfile;
    /** As the launcher has set the log up. */
    private String level = "notice";
    private int written;

    @Activate
    public LogSettings(BundleContext context, @Reference Settings settings, @Reference ConfigurationAdmin admin,
            @Reference Lifecycle lifecycle) {
        this.context = context;
        this.settings = settings;
        this.admin = admin;
        this.logfile = path(ProcessDirectives.LOGFILE);
        this.json = settings.get(ProcessDirectives.LOG_FORMAT).equals("json");
        if (!ContainerLifecycle.isOurs(context)) {
            return;
        }
        try {
            if (logfile != null) {
                Files.write(logfile, new byte[0], StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            }
            if (logfile != null || json) {
                level = "";
            }
            pidfile = writePid();
        } catch (IOException e) {
            lifecycle.failed("Can't open the log file or pid file: " + e.getMessage());
            return;
        }
        watches.add(settings.watch(ProcessDirectives.LOGLEVEL, this::apply));
    }

    private Path path(io.releve.config.Directive<String> directive) {
        String text = settings.get(directive);
        return text.isEmpty() ? null : Path.of(text).toAbsolutePath();
    }

    private Path writePid() throws IOException {
        Path file = path(ProcessDirectives.PIDFILE);
        if (file != null) {
            Files.writeString(file, ProcessHandle.current().pid() + "\n");
        }
        return file;
    }

    private synchronized void apply(String newLevel) {
        if (newLevel.equals(level)) {
            return;
        }
        try {
            Path file = context.getDataFile("logback-" + written++ % 2 + ".xml").toPath();
            Files.writeString(file, logback(newLevel), StandardCharsets.UTF_8);
            Configuration configuration = admin.getConfiguration(LOGGING_PID, "?");
            Hashtable<String, Object> properties = new Hashtable<>();
            properties.put("org.ops4j.pax.logging.logback.config.file", file.toString());
            configuration.update(properties);
            level = newLevel;
        } catch (IOException e) {
            throw new IllegalArgumentException("the log cannot be configured: " + e.getMessage(), e);
        }
    }

    private String logback(String newLevel) {
        // slf4j has no "notice": INFO is it, and verbose and debug are the two levels below
        String ours = switch (newLevel) {
            case "debug" -> "TRACE";
            case "verbose" -> "DEBUG";
            case "warning" -> "WARN";
            case "nothing" -> "OFF";
            default -> "INFO";
        };
        String others = newLevel.equals("debug") ? "INFO" : newLevel.equals("nothing") ? "OFF" : "WARN";
        String encoder = json ? "<encoder class=\"ch.qos.logback.classic.encoder.JsonEncoder\"/>"
                : "<encoder><pattern>" + pattern() + "</pattern></encoder>";
        String appender = logfile == null
                ? "<appender name=\"out\" class=\"ch.qos.logback.core.ConsoleAppender\">" + encoder + "</appender>"
                : "<appender name=\"out\" class=\"ch.qos.logback.core.FileAppender\"><file>"
                        + escaped(logfile.toString()) + "</file>" + encoder + "</appender>";
        return "<configuration>" + appender + "<logger name=\"io.releve\" level=\"" + ours + "\"/>"
                // Chronicle says at length what it misses and does without
                + (newLevel.equals("debug") ? "" : "<logger name=\"net.openhft\" level=\"ERROR\"/>") 
                + "<root level=\"" + others + "\"><appender-ref ref=\"out\"/></root></configuration>\n";
    }

    private String pattern() {
        String ofLauncher = context.getProperty("releve.log.pattern");
        return ofLauncher != null ? ofLauncher
                : ProcessHandle.current().pid() + " %d{dd MMM yyyy HH:mm:ss.SSS} %-5level [%thread] %msg%n";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }

    @Deactivate
    void deactivate() {
        for (AutoCloseable watch : watches) {
            try {
                watch.close();
            } catch (Exception e) {
                LOG.debug("Closing a watch failed", e);
            }
        }
        if (pidfile != null) {
            try {
                Files.deleteIfExists(pidfile);
            } catch (IOException e) {
                LOG.warn("The pid file {} could not be removed: {}", pidfile, e.toString());
            }
        }
    }
}
