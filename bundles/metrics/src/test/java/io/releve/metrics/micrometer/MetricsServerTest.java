package io.releve.metrics.micrometer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.engine.Engine;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MetricsServerTest {
    private static final String INFO = "# Server\r\nredis_version:7.2.6\r\nuptime_in_seconds:12\r\n\r\n# Clients\r\nconnected_clients:3\r\n\r\n"
            + "# Stats\r\ntotal_commands_processed:42\r\nkeyspace_hits:7\r\ninstantaneous_ops_per_sec:5\r\n"
            + "pause_usec:p50=60,p99=110,p99.9=500,p99.99=900,max=1250\r\ngc_pauses:3\r\ngc_pause_msec:1\r\n\r\n"
            + "# Replication\r\nrole:master\r\nconnected_slaves:1\r\n"
            + "slave0:ip=10.0.0.2,port=6379,state=online,offset=1234,lag=1\r\n\r\n"
            + "# Commandstats\r\ncmdstat_get:calls=10,usec=25,usec_per_call=2.50,rejected_calls=1,failed_calls=2\r\n"
            + "cmdstat_config|get:calls=1,usec=9,usec_per_call=9.00,rejected_calls=0,failed_calls=0\r\n\r\n"
            + "# Errorstats\r\nerrorstat_ERR:count=4\r\n\r\n"
            + "# Latencystats\r\nlatency_percentiles_usec_get:p50=1.003,p99=3.007,p99.9=5.007\r\n\r\n"
            + "# Keyspace\r\ndb0:keys=5,expires=2,avg_ttl=100\r\n";

    private final HttpClient client = HttpClient.newHttpClient();
    private volatile String info = INFO;
    private volatile String unready;
    private MetricsServer server;

    @BeforeEach
    void start() throws IOException {
        Engine engine = (Engine) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] {Engine.class},
                (proxy, method, arguments) -> {
                    assertEquals("info", method.getName());
                    return info;
                });
        server = new MetricsServer("127.0.0.1", 0, () -> engine, () -> unready);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static void assertLine(String text, String line) {
        assertTrue(text.lines().anyMatch(line::equals), line + " is not in\n" + text);
    }

    @Test
    void figures() throws Exception {
        String text = get("/metrics").body();
        assertLine(text, "releve_connected_clients 3.0");
        assertLine(text, "releve_commands_processed_total 42.0");
        assertLine(text, "releve_keyspace_hits_total 7.0");
        assertLine(text, "releve_master 1.0");
        assertLine(text, "releve_replica_offset{replica=\"10.0.0.2:6379\"} 1234.0");
        assertLine(text, "releve_commands_seconds_count{command=\"get\"} 10");
        assertLine(text, "releve_commands_seconds_sum{command=\"get\"} 2.5E-5");
        assertLine(text, "releve_commands_failed_total{command=\"get\"} 2.0");
        assertLine(text, "releve_commands_seconds_count{command=\"config|get\"} 1");
        assertLine(text, "releve_errors_total{error=\"ERR\"} 4.0");
        assertLine(text, "releve_command_latency_seconds{command=\"get\",quantile=\"0.999\"} 5.007E-6");
        assertLine(text, "releve_keys{db=\"db0\"} 5.0");
        assertLine(text, "releve_pause_seconds{quantile=\"0.9999\"} 9.0E-4");
        assertLine(text, "releve_pause_seconds{quantile=\"1\"} 0.00125");
        assertLine(text, "releve_gc_pauses_total 3.0");
        assertTrue(text.contains("jvm_memory_used_bytes"), text);
        assertFalse(text.contains("redis_version"), text);
    }

    @Test
    void figuresFollowAndVanish() throws Exception {
        get("/metrics");
        info = INFO.replace("connected_clients:3", "connected_clients:4").replace("db0:keys=5", "db1:keys=6");
        String text = get("/metrics").body();
        assertLine(text, "releve_connected_clients 4.0");
        assertLine(text, "releve_keys{db=\"db1\"} 6.0");
        assertFalse(text.contains("db=\"db0\""), text);
    }

    @Test
    void health() throws Exception {
        assertEquals(200, get("/health/live").statusCode());
        assertEquals(200, get("/health/ready").statusCode());
        unready = "loading";
        HttpResponse<String> loading = get("/health/ready");
        assertEquals(503, loading.statusCode());
        assertEquals("loading\n", loading.body());
        assertEquals(404, get("/").statusCode());
        assertEquals(404, get("/metrics/more").statusCode());
        assertEquals(405, client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/metrics"))
                .POST(HttpRequest.BodyPublishers.noBody()).build(), HttpResponse.BodyHandlers.ofString()).statusCode());
    }

    /** Who connects and says nothing, or nonsense, keeps nobody from the figures. */
    @Test
    void silentClients() throws Exception {
        List<Socket> silent = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            Socket socket = new Socket("127.0.0.1", server.port());
            socket.getOutputStream().write("GET /metr".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            silent.add(socket);
        }
        assertEquals(200, get("/metrics").statusCode());
        for (Socket socket : silent) {
            socket.close();
        }
    }
}
