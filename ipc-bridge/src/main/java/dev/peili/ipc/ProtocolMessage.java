package dev.peili.ipc;

/**
 * What protocol actors send to each other across a channel. Each {@link Protocol} has a sealed interface that extends this
 * one, and a record for each message; the records say by further interfaces what they are:
 *
 * <pre>{@code
 * sealed interface Browser extends ProtocolMessage {
 *     record Open(long tab) implements Browser, Constructor, ToChild {}
 *     record Navigate(String url) implements Browser, ToChild {}
 *     record TitleChanged(String title) implements Browser, ToParent {}
 * }
 * }</pre>
 *
 * <p>The library's {@code reference.conf} binds this type to Pekko's {@code jackson-cbor} serializer, which allows it to be
 * serialized and read. A type can be bound to another serializer in {@code application.conf}.
 */
public interface ProtocolMessage {}
