package io.releve.lab;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A {@link WriteLoad} as a process, so that it can run on a machine of the network. Standard input has questions, a line each,
 * standard output an answer for each: {@code mark}, {@code gap}, {@code count}, {@code failures}, {@code acknowledged}. It ends
 * with its input.
 */
public final class Load {
    private Load() {
    }

    /** @param arguments name, rate, timeout in ms, {@code asking} or {@code fixed}, endpoints */
    public static void main(String[] arguments) throws IOException {
        List<Endpoint> endpoints = new ArrayList<>();
        for (String endpoint : List.of(arguments).subList(4, arguments.length)) {
            endpoints.add(Endpoint.parse(endpoint));
        }
        int rate = Integer.parseInt(arguments[1]);
        int timeoutMs = Integer.parseInt(arguments[2]);
        try (WriteLoad load = arguments[3].equals("fixed") ? WriteLoad.fixed(arguments[0], endpoints.get(0), rate, timeoutMs)
                : WriteLoad.asking(arguments[0], endpoints, rate, timeoutMs);
                BufferedReader questions = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String question = questions.readLine(); question != null; question = questions.readLine()) {
                System.out.println(switch (question) {
                    case "mark" -> {
                        load.mark();
                        yield "OK";
                    }
                    case "gap" -> load.gap();
                    case "count" -> load.count();
                    case "failures" -> load.failures();
                    case "acknowledged" -> load.acknowledged();
                    case "stop" -> {
                        load.stop();
                        yield load.acknowledged();
                    }
                    default -> throw new IOException("no such question: " + question);
                });
            }
        }
    }
}
