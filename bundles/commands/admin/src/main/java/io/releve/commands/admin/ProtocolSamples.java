package io.releve.commands.admin;

import io.releve.bytes.Bytes;
import io.releve.command.CommandException;
import io.releve.command.Reply;
import java.nio.charset.StandardCharsets;

/** The samples of DEBUG PROTOCOL, by which client libraries test their parsers. */
final class ProtocolSamples {
    private ProtocolSamples() {
    }

    static void write(Bytes type, Reply reply) {
        switch (type.text().toLowerCase(java.util.Locale.ROOT)) {
            case "string" -> reply.bulk("Hello World");
            case "integer" -> reply.integer(12345);
            case "double" -> reply.decimal(3.141);
            case "null" -> reply.nil();
            case "array" -> {
                reply.array(3);
                numbers(reply);
            }
            case "set" -> {
                reply.set(3);
                numbers(reply);
            }
            case "map" -> {
                reply.map(3);
                for (int i = 0; i < 3; i++) {
                    reply.integer(i);
                    reply.bool(i == 1);
                }
            }
            case "attrib" -> {
                if (reply.protocol() > 2) {
                    reply.attribute(1);
                    reply.bulk("key-popularity");
                    reply.array(2);
                    reply.bulk("key:123");
                    reply.integer(90);
                }
                reply.bulk("Some real reply following the attribute");
            }
            case "push" -> {
                if (reply.protocol() < 3) {
                    throw new CommandException("ERR RESP2 is not supported by this command");
                }
                reply.push(2);
                reply.bulk("server-cpu-usage");
                reply.integer(42);
                // a push answers nothing, so a client that waits gets a reply too
                reply.bulk("Some real reply following the push reply");
            }
            case "verbatim" -> reply.verbatim("txt", "This is a verbatim\nstring".getBytes(StandardCharsets.US_ASCII));
            case "true" -> reply.bool(true);
            case "false" -> reply.bool(false);
            case "bignum" -> reply.bigNumber("1234567999999999999999999999999999999");
            default -> throw new CommandException("ERR Wrong protocol type name. Please use one of the following: "
                    + "string|integer|double|bignum|null|array|set|map|attrib|push|verbatim|true|false");
        }
    }

    private static void numbers(Reply reply) {
        for (int i = 0; i < 3; i++) {
            reply.integer(i);
        }
    }
}
