package io.releve.sentinel.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.util.ReferenceCountUtil;
import io.releve.format.guard.Address;
import io.releve.sentinel.core.Link;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection made by the sentinel. Everything on its thread. Whoever answers nonsense is cut off, and the log says so. */
final class NettyLink implements Link {
    private static final Logger LOG = LoggerFactory.getLogger(NettyLink.class);

    private final Links links;
    private final Address to;
    private final Owner owner;
    private final ReplyParser parser = new ReplyParser();
    private final Queue<Consumer<Object>> answers = new ArrayDeque<>();
    /** What was sent before the link was up, then null. */
    private Queue<String[]> waiting = new ArrayDeque<>();
    private Channel channel;
    private boolean closed;
    private boolean subscribed;
    private boolean flushing;

    NettyLink(Links links, Address to, Owner owner) {
        this.links = links;
        this.to = to;
        this.owner = owner;
    }

    boolean isClosed() {
        return closed;
    }

    void connecting(ChannelFuture future) {
        channel = future.channel();
        future.addListener(done -> {
            if (!future.isSuccess()) {
                ended(String.valueOf(future.cause().getMessage()));
            }
        });
    }

    ChannelHandler handler() {
        return new Handler();
    }

    @Override
    public void send(Consumer<Object> answer, String... words) {
        if (closed) {
            return;
        }
        answers.add(answer);
        if (waiting != null) {
            waiting.add(words);
        } else {
            write(words);
        }
    }

    private void write(String[] words) {
        if (words[0].equalsIgnoreCase("SUBSCRIBE")) {
            subscribed = true;
        }
        ByteBuf bytes = channel.alloc().buffer(128);
        line(bytes, '*', words.length);
        for (String word : words) {
            byte[] text = word.getBytes(StandardCharsets.UTF_8);
            line(bytes, '$', text.length);
            bytes.writeBytes(text).writeByte('\r').writeByte('\n');
        }
        channel.write(bytes, channel.voidPromise());
        if (!flushing) {
            flushing = true;
            links.loop().execute(() -> {
                flushing = false;
                channel.flush();
            });
        }
    }

    private static void line(ByteBuf bytes, char kind, int number) {
        bytes.writeByte(kind);
        bytes.writeCharSequence(Integer.toString(number), StandardCharsets.US_ASCII);
        bytes.writeByte('\r').writeByte('\n');
    }

    @Override
    public String localHost() {
        return channel != null && channel.localAddress() instanceof InetSocketAddress local ? shown(local.getAddress()) : "";
    }

    /** An IPv6 address without the zone, which means nothing on another machine. */
    static String shown(InetAddress address) {
        return address.getHostAddress().replaceFirst("%.*", "");
    }

    @Override
    public void close() {
        closed = true;
        answers.clear();
        if (channel != null) {
            channel.close();
        }
    }

    /** The link is gone, or never came to be; the owner is told once. */
    void ended(String reason) {
        if (!closed) {
            close();
            owner.closed(reason);
        }
    }

    private void broken(String what) {
        if (!closed) {
            if (links.isNews(to + what)) {
                LOG.warn("{} has sent {}: the link to it is closed", to, what);
            }
            ended(what);
        }
    }

    private void take(Object reply) {
        if (subscribed && reply instanceof List<?> list && list.size() == 3 && "message".equals(list.get(0))) {
            if (list.get(1) instanceof String name && list.get(2) instanceof String text) {
                owner.message(name, text);
            }
            return;
        }
        Consumer<Object> answer = answers.poll();
        if (answer == null) {
            broken("a reply to nothing");
        } else {
            answer.accept(reply);
        }
    }

    private final class Handler extends ChannelInboundHandlerAdapter {
        @Override
        public void channelActive(ChannelHandlerContext context) {
            if (closed) {
                context.close();
                return;
            }
            channel = context.channel();
            Queue<String[]> early = waiting;
            waiting = null;
            early.forEach(NettyLink.this::write);
            owner.connected();
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            ByteBuf bytes = (ByteBuf) message;
            try {
                if (!closed) {
                    for (ByteBuffer part : bytes.nioBuffers()) {
                        parser.append(part);
                    }
                    while (!closed && parser.next()) {
                        take(parser.reply());
                    }
                }
            } catch (ReplyParser.BrokenException e) {
                broken(e.getMessage());
            } finally {
                ReferenceCountUtil.release(message);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            ended("closed by the other side");
        }

        /** Also what goes wrong in thinking about an answer: that must not end the thread. */
        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            Throwable reason = cause instanceof DecoderException && cause.getCause() != null ? cause.getCause() : cause;
            if (reason instanceof IOException) {
                ended(String.valueOf(reason.getMessage()));
            } else {
                if (links.isNews(to + cause.toString())) {
                    LOG.error("What " + to + " has said could not be worked on: the link to it is closed", cause);
                }
                ended(cause.toString());
            }
        }
    }
}
