package io.releve.server.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.commands.scripting.ScriptingCommands;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One event loop, and a script that does not end on it. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BusyScriptTest {
    private static final class Peer implements AutoCloseable {
        private final Socket socket;
        private final BufferedReader in;

        Peer(int port) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            socket.setSoTimeout(10_000);
            in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        }

        void send(String line) throws IOException {
            socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.UTF_8));
        }

        String ask(String line) throws IOException {
            send(line);
            return in.readLine();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    /** Whoever connects when it has begun and does not count as busy yet is heard, too: how else could it be ended? */
    @Test
    void whoConnectsMeanwhileIsHeard() throws Exception {
        ScriptingCommands scripting = new ScriptingCommands();
        try (RunningServer server = new RunningServer(); Peer before = new Peer(server.port()); Peer script = new Peer(server.port())) {
            server.add(scripting);
            assertEquals("+OK", before.ask("CONFIG SET busy-reply-threshold 500"));
            script.send("EVAL \"while true do end\" 0");
            Thread.sleep(100);
            try (Peer late = new Peer(server.port())) {
                assertTrue(late.ask("PING").startsWith("-BUSY"));
                assertTrue(before.ask("PING").startsWith("-BUSY"));
                assertEquals("+OK", late.ask("SCRIPT KILL"));
                assertTrue(script.in.readLine().contains("Script killed by user"));
                assertEquals("+PONG", late.ask("PING"));
            }
            try (Peer after = new Peer(server.port())) {
                assertEquals("+PONG", after.ask("PING"));
            }
        } finally {
            scripting.close();
        }
    }
}
