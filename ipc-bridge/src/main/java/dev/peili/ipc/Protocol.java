package dev.peili.ipc;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.pekko.actor.ActorPath;

/**
 * What both sides of a channel know of one kind of actors: their messages, and which other protocols they manage. Immutable,
 * and the same object on both sides where they are in one process.
 *
 * <pre>{@code
 * static final Protocol<HttpChannel> HTTP_CHANNEL = Protocol.named("PHttpChannel", HttpChannel.class);
 * static final Protocol<Browser> BROWSER = Protocol.named("PBrowser", Browser.class, HTTP_CHANNEL);
 * static final Protocol<Content> CONTENT = Protocol.named("PContent", Content.class, BROWSER);
 * }</pre>
 *
 * Here {@code CONTENT} is a top-level protocol: a channel has one actor of it on each side, which manages the others. The
 * idea of protocols that manage protocols is that of Gecko's IPDL.
 *
 * @param <M> the messages, a sealed interface whose implementations are records or other final classes
 */
public final class Protocol<M extends ProtocolMessage> {
    private final String name;
    private final String pathElement;
    private final Class<M> messages;
    private final List<MessageType> types;
    private final Map<Class<?>, MessageType> byClass;
    private final List<Protocol<?>> managed;

    private Protocol(String name, Class<M> messages, List<Protocol<?>> managed) {
        this.name = name;
        this.pathElement = ActorPath.isValidPathElement(name) ? name : "p-" + name.replaceAll("[^A-Za-z0-9_-]", "_");
        this.messages = messages;
        this.managed = managed;
        this.types = typesOf(name, messages);
        this.byClass = types.stream().collect(Collectors.toMap(MessageType::type, type -> type));
    }

    /**
     * A protocol. Both sides must define it alike.
     *
     * @param name for messages to people
     * @param managed the protocols whose actors it manages
     * @throws IllegalArgumentException if the messages are not sealed, or one of them is open to subclasses, or is marked to
     *     go both to the parent and to the child
     */
    public static <M extends ProtocolMessage> Protocol<M> named(
            String name, Class<M> messages, Protocol<?>... managed) {
        return new Protocol<>(Objects.requireNonNull(name, "name"), messages, List.copyOf(Arrays.asList(managed)));
    }

    private static List<MessageType> typesOf(String name, Class<?> messages) {
        List<Class<?>> leaves = new ArrayList<>();
        collect(name, messages, leaves);
        leaves.sort(Comparator.comparing(Class::getName));
        List<MessageType> types = new ArrayList<>();
        for (Class<?> leaf : leaves.stream().distinct().toList()) {
            types.add(new MessageType(types.size(), leaf.asSubclass(ProtocolMessage.class)));
        }
        return List.copyOf(types);
    }

    private static void collect(String name, Class<?> type, List<Class<?>> leaves) {
        if (type.isSealed()) {
            for (Class<?> permitted : type.getPermittedSubclasses()) {
                collect(name, permitted, leaves);
            }
        } else if (java.lang.reflect.Modifier.isFinal(type.getModifiers())) {
            leaves.add(type);
        } else {
            throw new IllegalArgumentException("the messages of " + name + " must be known: " + type.getName()
                    + " has to be sealed, or a record or another final class");
        }
    }

    /** The name for people. */
    public String name() {
        return name;
    }

    /** The interface of all its messages. */
    public Class<M> messages() {
        return messages;
    }

    /** The protocols whose actors its actors manage. */
    public List<Protocol<?>> managed() {
        return managed;
    }

    /** The name as far as it may be in an actor's path. */
    String pathElement() {
        return pathElement;
    }

    boolean manages(Protocol<?> other) {
        return managed.contains(other);
    }

    List<MessageType> types() {
        return types;
    }

    /**
     * Which of its messages this is.
     *
     * @throws IllegalArgumentException if it is none
     */
    MessageType typeOf(Class<?> message) {
        MessageType type = byClass.get(message);
        if (type == null) {
            throw new IllegalArgumentException(message.getName() + " is no message of " + name + "; that has " + types);
        }
        return type;
    }

    @Override
    public String toString() {
        return name;
    }
}
