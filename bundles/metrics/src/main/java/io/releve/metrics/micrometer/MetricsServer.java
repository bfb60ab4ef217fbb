package io.releve.metrics.micrometer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.releve.engine.Engine;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** {@code /metrics}, {@code /health/live} and {@code /health/ready} by HTTP. */
final class MetricsServer implements AutoCloseable {
    private static final int THREADS = 3;
    private static final int WAITING = 16;

    private final HttpServer server;
    private final ThreadPoolExecutor executor;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final InfoMeters meters = new InfoMeters(registry);
    private final Supplier<Engine> engine;
    private final Supplier<String> unready;

    /**
     * @param engine gives null while there is none
     * @param unready why clients cannot be served, null when they can
     * @throws IOException when the address cannot be had
     */
    MetricsServer(String host, int port, Supplier<Engine> engine, Supplier<String> unready) throws IOException {
        this.engine = engine;
        this.unready = unready;
        server = HttpServer.create(new InetSocketAddress(host, port), WAITING);
        AtomicInteger number = new AtomicInteger();
        executor = new ThreadPoolExecutor(THREADS, THREADS, 10, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), task -> {
            Thread thread = new Thread(task, "releve-main-metrics-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        }, new ThreadPoolExecutor.AbortPolicy());
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ClassLoaderMetrics().bindTo(registry);
        collections.bindTo(registry);
        server.setExecutor(executor);
        server.createContext("/metrics", exchange -> answer(exchange, 200, "text/plain; version=0.0.4; charset=utf-8", scrape()));
        server.createContext("/health/live", exchange -> answer(exchange, 200, "text/plain", "alive\n"));
        server.createContext("/health/ready", this::ready);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    private String scrape() {
        Engine current = engine.get();
        if (current != null) {
            meters.update(InfoText.parse(current.info(List.of("everything"))));
        }
        return registry.scrape();
    }

    private void ready(HttpExchange exchange) throws IOException {
        String reason = unready.get();
        answer(exchange, reason == null ? 200 : 503, "text/plain", reason == null ? "ready\n" : reason + "\n");
    }

    private static void answer(HttpExchange exchange, int status, String type, String text) throws IOException {
        try (exchange) {
            boolean known = exchange.getHttpContext().getPath().equals(exchange.getRequestURI().getPath());
            boolean method = exchange.getRequestMethod().equals("GET") || exchange.getRequestMethod().equals("HEAD");
            byte[] body = (known && method ? text : known ? "only GET\n" : "/metrics /health/live /health/ready\n")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", type);
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(known ? method ? status : 405 : 404, head ? -1 : body.length);
            if (!head) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        executor.shutdownNow();
        collections.close();
        registry.close();
    }
}
