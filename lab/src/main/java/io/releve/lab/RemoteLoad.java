package io.releve.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A {@link Load} on a machine of the network, and the conversation with it. */
final class RemoteLoad implements AutoCloseable {
    private final Process process;
    private final PrintWriter questions;
    private final BufferedReader answers;

    private RemoteLoad(Process process) {
        this.process = process;
        questions = new PrintWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8), true);
        answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static RemoteLoad asking(String name, Network network, int machine, List<Endpoint> sentinels, int rate, int timeoutMs) {
        return start(network.on(machine), name, rate, timeoutMs, "asking", sentinels);
    }

    static RemoteLoad fixed(String name, Network network, int machine, Endpoint server, int rate, int timeoutMs) {
        return start(network.on(machine), name, rate, timeoutMs, "fixed", List.of(server));
    }

    private static RemoteLoad start(List<String> within, String name, int rate, int timeoutMs, String kind, List<Endpoint> endpoints) {
        List<String> command = new ArrayList<>(within);
        command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xshare:auto", "-Xmx64m",
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", System.getProperty("java.class.path"), Load.class.getName(),
                name, Integer.toString(rate), Integer.toString(timeoutMs), kind));
        command.addAll(endpoints.stream().map(Endpoint::toString).toList());
        try {
            return new RemoteLoad(new ProcessBuilder(command).redirectError(Redirect.INHERIT).start());
        } catch (IOException e) {
            throw new LabException("no load: " + e.getMessage(), e);
        }
    }

    private synchronized String ask(String question) {
        questions.println(question);
        try {
            String answer = answers.readLine();
            if (answer == null) {
                throw new IOException("it has ended");
            }
            return answer;
        } catch (IOException e) {
            throw new LabException("the load does not answer: " + e.getMessage(), e);
        }
    }

    void mark() {
        ask("mark");
    }

    /** ms */
    long gap() {
        return Long.parseLong(ask("gap"));
    }

    int count() {
        return Integer.parseInt(ask("count"));
    }

    String failures() {
        return ask("failures");
    }

    Acknowledged acknowledged() {
        return Acknowledged.parse(ask("acknowledged"));
    }

    /** Writes no more. @return all that was answered */
    Acknowledged stop() {
        return Acknowledged.parse(ask("stop"));
    }

    void awaitMore(int more, long timeoutMs) {
        int before = count();
        Wait.until("no " + more + " more writes were answered (failed: " + failures() + ")", timeoutMs, () -> count() >= before + more);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
