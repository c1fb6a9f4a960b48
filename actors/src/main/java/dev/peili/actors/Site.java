package dev.peili.actors;

import com.google.common.base.CharMatcher;
import com.google.common.net.InetAddresses;
import com.google.common.net.InternetDomainName;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the documents of one {@code DocGroup} have in common: documents of the same TabGroup with equal sites are in the
 * same DocGroup.
 *
 * <p>For a URL this is the registrable domain of its host ("eTLD+1"): the public suffix and one label more. Suffixes
 * come from the <a href="https://publicsuffix.org/list/">Public Suffix List</a>, private section included, as the Guava
 * release on the class path carries it; where no rule matches, the list's default rule makes the last label the suffix.
 * As in Gecko's DocGroups, scheme and port do not count.
 *
 * <table>
 * <caption>The key for a URL</caption>
 * <tr><th scope="col">URL</th><th scope="col">key</th></tr>
 * <tr><td>{@code https://www.example.co.uk/}, {@code http://example.co.uk:8080/}</td>
 *     <td>{@code example.co.uk}</td></tr>
 * <tr><td>private section: {@code https://a.alice.github.io/}</td><td>{@code alice.github.io}</td></tr>
 * <tr><td>the host is a public suffix: {@code https://github.io/}, {@code https://co.uk/}</td>
 *     <td>the host: {@code github.io}, {@code co.uk}</td></tr>
 * <tr><td>unlisted suffix: {@code https://b.a.unlisted/}</td><td>{@code a.unlisted}</td></tr>
 * <tr><td>{@code http://localhost:3000/}, {@code http://intranet/}, any other single label</td>
 *     <td>the label: {@code localhost}, {@code intranet}</td></tr>
 * <tr><td>upper case, user information, one trailing dot: {@code HTTPS://me:pw@WWW.Example.ORG.:443/}</td>
 *     <td>{@code example.org}</td></tr>
 * <tr><td>internationalized, written either way: {@code https://www.bücher.example/},
 *     {@code https://xn--bcher-kva.example/}</td><td>the ASCII form: {@code xn--bcher-kva.example}</td></tr>
 * <tr><td>IPv4, four decimal numbers: {@code http://192.168.0.1:80/}</td><td>{@code 192.168.0.1}</td></tr>
 * <tr><td>IPv6: {@code http://[2001:DB8:0::1]:80/}</td>
 *     <td>in brackets, as RFC 5952 writes it: {@code [2001:db8::1]}</td></tr>
 * <tr><td>IPv4 mapped into IPv6: {@code http://[::ffff:192.168.0.1]/}</td><td>{@code 192.168.0.1}</td></tr>
 * <tr><td>any other scheme with a host: {@code chrome-extension://abcdef/page.html}</td>
 *     <td>by its host, as for {@code https}: {@code abcdef}</td></tr>
 * <tr><td>{@code blob:https://www.example.org/uuid}</td><td>of the URL inside: {@code example.org}</td></tr>
 * <tr><td>{@code blob:null/uuid}, {@code blob:} with no URL inside</td><td>{@code blob:}</td></tr>
 * <tr><td>{@code about:blank}, {@code about:srcdoc}</td><td>{@code about:}</td></tr>
 * <tr><td>{@code data:text/html,hello}</td><td>{@code data:}</td></tr>
 * <tr><td>{@code file:///home/me/a.html}, {@code file://server/a.html}</td><td>{@code file:}</td></tr>
 * <tr><td>{@code javascript:void 0}</td><td>{@code javascript:}</td></tr>
 * <tr><td>anything else: the empty string, {@code /a.html}, {@code example.org}, {@code //example.org/},
 *     {@code localhost:3000}, {@code mailto:a@example.org}, {@code https:///}, {@code http://127.1/},
 *     {@code http://a b/}, port 65536</td><td>{@code IllegalArgumentException}</td></tr>
 * </table>
 *
 * <p>All URLs of a scheme without hosts have one site: documents that could have run side by side may share a group,
 * which costs parallelism and no more. None of these keys equals that of a host, for only they end in a colon. What a
 * URL cannot tell is who made the document: a browser gives {@code about:blank}, {@code about:srcdoc},
 * {@code javascript:} and {@code blob:null} the origin of their creator. Open such a document with its creator's site.
 *
 * <p>Not every user builds a browser: {@link #of} makes a site of any string. A key is a key, however it came about:
 * {@code Site.of("example.org")} equals {@code Site.ofUrl("https://www.example.org/")}.
 *
 * <p>Immutable; every method may be called from any thread. None takes null.
 *
 * @param key the string that sites are compared by, never empty
 */
public record Site(String key) {

    private static final CharMatcher ASCII = CharMatcher.ascii();
    private static final CharMatcher DIGIT = CharMatcher.inRange('0', '9');
    private static final CharMatcher LETTER = CharMatcher.inRange('A', 'Z').or(CharMatcher.inRange('a', 'z'));
    private static final CharMatcher IN_SCHEME = LETTER.or(DIGIT).or(CharMatcher.anyOf("+.-"));

    // Browsers end the authority at a backslash too: https://evil.example\@good.example/ is evil's.
    private static final CharMatcher AFTER_AUTHORITY = CharMatcher.anyOf("/\\?#");
    private static final CharMatcher BRACKET = CharMatcher.anyOf("[]");

    /** What nearly all labels consist of, so that they need no more than a look. */
    private static final CharMatcher PLAIN =
            CharMatcher.inRange('a', 'z').or(DIGIT).or(CharMatcher.anyOf("-_"));

    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]+");
    private static final Pattern NUMBER = Pattern.compile("[0-9]+|0x[0-9a-f]*");

    /** What a label may consist of once it is mapped; the two exceptions are the zero-width joiners. */
    private static final Pattern LABEL =
            Pattern.compile("[a-z0-9_\\-\\x{200C}\\x{200D}[^\\p{ASCII}\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}\\p{Z}]]+");

    /** Soft hyphen, zero-width space, variation selectors and others that UTS #46 drops. */
    private static final Pattern IGNORED = Pattern.compile(
            "[\\xAD\\x{34F}\\x{180B}-\\x{180F}\\x{200B}\\x{2060}\\x{2064}\\x{FE00}-\\x{FE0F}\\x{FEFF}]");

    private static final int MAX_LABEL = 63;
    private static final int MAX_HOST = 253;
    private static final int MAX_PORT = 65_535;

    /**
     * The same as {@link #of}.
     *
     * @param key any string but the empty one
     * @throws IllegalArgumentException if the key is empty
     */
    public Site {
        Objects.requireNonNull(key, "key");
        if (key.isEmpty()) {
            throw new IllegalArgumentException("the key of a site must not be empty");
        }
    }

    /**
     * The site with the given key, which is taken as it is: not trimmed, not lower-cased, not read as a host.
     *
     * @param key any string but the empty one
     * @return the site with that key
     * @throws IllegalArgumentException if the key is empty
     */
    public static Site of(String key) {
        return new Site(key);
    }

    /**
     * The site of a document with the given URL; the table above has the answer for each kind of URL.
     *
     * @param url an absolute URL; white space around it does not matter
     * @return its site
     * @throws IllegalArgumentException if this is not an absolute URL, or is one whose host is missing or malformed;
     *     the message quotes the string
     */
    public static Site ofUrl(String url) {
        return ofUrl(url.strip(), url);
    }

    /**
     * The site of a host, as {@link #ofUrl} gives it for {@code https} URLs.
     *
     * @param host a domain name (its labels made of letters, digits, hyphens and underscores), an IPv4 address, or an
     *     IPv6 address with or without its brackets; no port
     * @return its site
     * @throws IllegalArgumentException if this is none of these; the message quotes the string
     */
    public static Site ofHost(String host) {
        return ofHost(host, host);
    }

    // What was given as a whole goes along, to be quoted where a part of it is wrong.

    private static Site ofUrl(String url, String given) {
        String scheme = schemeOf(url);
        if (scheme.isEmpty()) {
            throw wrong("not an absolute URL", given);
        }
        String rest = url.substring(scheme.length() + 1);
        return switch (scheme) {
            case "about", "data", "file", "javascript" -> of(scheme + ":");
            case "blob" -> ofBlob(rest, given);
            default -> ofHost(hostOf(rest, given), given);
        };
    }

    private static Site ofBlob(String rest, String given) {
        String scheme = schemeOf(rest);
        boolean hasOrigin = !scheme.isEmpty() && !scheme.equals("blob");
        return hasOrigin ? ofUrl(rest, given) : of("blob:");
    }

    /** What stands before the first colon, in lower case; empty if that is no scheme. */
    private static String schemeOf(String url) {
        String scheme = url.substring(0, Math.max(0, url.indexOf(':')));
        boolean isScheme = !scheme.isEmpty() && LETTER.matches(scheme.charAt(0)) && IN_SCHEME.matchesAllOf(scheme);
        return isScheme ? scheme.toLowerCase(Locale.ROOT) : "";
    }

    private static Site ofHost(String host, String given) {
        if (host.startsWith("[") || host.indexOf(':') >= 0) {
            return of(ipv6(host, given));
        }
        List<String> labels = labels(host, given);
        if (isNumber(labels.get(labels.size() - 1))) {
            return of(ipv4(String.join(".", labels), given));
        }
        String name = String.join(".", labels);
        int first = Math.max(0, labels.size() - suffixLength(name, labels) - 1);
        return of(first == 0 ? name : String.join(".", labels.subList(first, labels.size())));
    }

    private static String hostOf(String rest, String given) {
        String authority = rest.startsWith("//") ? authorityOf(rest.substring(2)) : "";
        String hostAndPort = authority.substring(authority.lastIndexOf('@') + 1);
        int colon = hostAndPort.indexOf(':', hostAndPort.lastIndexOf(']') + 1);
        String host = colon < 0 ? hostAndPort : hostAndPort.substring(0, colon);
        String port = colon < 0 ? "" : hostAndPort.substring(colon + 1);
        boolean bracketed = host.startsWith("[") && host.indexOf(']') == host.length() - 1;
        if (host.isEmpty() || !(bracketed || BRACKET.matchesNoneOf(host)) || !DIGIT.matchesAllOf(port)) {
            throw wrong("no host, or a malformed one, in the URL", given);
        }
        if (!port.isEmpty() && !isPort(port)) {
            throw wrong("a port above 65535 in the URL", given);
        }
        return host;
    }

    private static String authorityOf(String afterSlashes) {
        int end = AFTER_AUTHORITY.indexIn(afterSlashes);
        return end < 0 ? afterSlashes : afterSlashes.substring(0, end);
    }

    private static boolean isPort(String digits) {
        String significant = digits.replaceFirst("^0+", "");
        return significant.length() <= 5 && Integer.parseInt("0" + significant) <= MAX_PORT;
    }

    private static String ipv6(String host, String given) {
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        String address = bracketed ? host.substring(1, host.length() - 1) : host;
        // Guava would read digits of other scripts, and look a zone ("%eth0") up on this machine.
        if (!IPV6.matcher(address).matches() || address.indexOf(':') < 0 || !InetAddresses.isInetAddress(address)) {
            throw wrong("neither a host name nor an IPv6 address", given);
        }
        return InetAddresses.toUriString(InetAddresses.forString(address));
    }

    private static boolean isNumber(String label) {
        return DIGIT.matches(label.charAt(0)) && NUMBER.matcher(label).matches();
    }

    private static String ipv4(String address, String given) {
        // Browsers also read 127.1, 0x7f000001 and 0177.0.0.1; an address that two parties can read
        // differently is better refused.
        if (!InetAddresses.isInetAddress(address)) {
            throw wrong("not an IPv4 address of four decimal numbers", given);
        }
        return address;
    }

    /** How many of the last labels are the public suffix. */
    private static int suffixLength(String name, List<String> labels) {
        InternetDomainName domain = domainName(name);
        if (domain == null) {
            // Guava refuses labels like "-a" and "a_" that real hosts have. None is on the list, so
            // another unlisted label (no listed one has an underscore) gets the same answer.
            domain = domainName(labels.stream()
                    .map(label -> InternetDomainName.isValid(label + ".a") ? label : "0_0")
                    .collect(Collectors.joining(".")));
        }
        InternetDomainName suffix = domain == null ? null : domain.publicSuffix();
        return suffix == null ? 1 : suffix.parts().size();
    }

    /** Null if Guava refuses it. */
    private static @Nullable InternetDomainName domainName(String host) {
        try {
            return InternetDomainName.from(host);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** The labels of a domain name in the one form they are compared in: lower case ASCII. */
    private static List<String> labels(String host, String given) {
        String mapped = mapped(host);
        if (mapped.endsWith(".")) {
            mapped = mapped.substring(0, mapped.length() - 1);
        }
        String[] labels = mapped.split("\\.", -1);
        int length = labels.length - 1;
        for (int i = 0; i < labels.length; i++) {
            labels[i] = asciiLabel(labels[i], given);
            length += labels[i].length();
        }
        if (length > MAX_HOST) {
            throw wrong("a host of more than 253 characters", given);
        }
        return List.of(labels);
    }

    /**
     * The mapping of UTS #46 as browsers use it (the German sharp s and the final sigma stay), made of what the JDK
     * has: the same but for a few rare letters, such as Cherokee and Greek ones with an iota subscript.
     * {@link java.net.IDN} implements the older IDNA 2003, which makes other names of the first two and stops at
     * Unicode 3.2.
     */
    private static String mapped(String host) {
        if (ASCII.matchesAllOf(host)) {
            return host.toLowerCase(Locale.ROOT);
        }
        String lower = Normalizer.normalize(host, Normalizer.Form.NFKC)
                .codePoints()
                .mapToObj(c -> Character.toString(c).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining());
        String kept = IGNORED.matcher(lower).replaceAll("");
        return Normalizer.normalize(kept, Normalizer.Form.NFKC).replace('\u3002', '.');
    }

    private static String asciiLabel(String label, String given) {
        boolean plain = PLAIN.matchesAllOf(label) && !label.isEmpty();
        if (!plain && !LABEL.matcher(label).matches()) {
            throw wrong("not a host", given);
        }
        boolean encode = !plain && !ASCII.matchesAllOf(label) && label.codePointCount(0, label.length()) <= MAX_LABEL;
        String ascii = encode ? "xn--" + punycode(label) : label;
        if (ascii.length() > MAX_LABEL) {
            throw wrong("a label of more than 63 characters", given);
        }
        return ascii;
    }

    /** The encoder of RFC 3492, section 6.3. The length of a label keeps it from overflowing. */
    private static String punycode(String label) {
        int[] codePoints = label.codePoints().toArray();
        StringBuilder out = new StringBuilder();
        Arrays.stream(codePoints).filter(c -> c < 0x80).forEach(out::appendCodePoint);
        int basic = out.length();
        if (basic > 0) {
            out.append('-');
        }
        int n = 0x80;
        int delta = 0;
        int bias = 72;
        for (int handled = basic; handled < codePoints.length; delta++, n++) {
            int last = n;
            int next = Arrays.stream(codePoints).filter(c -> c >= last).min().orElseThrow();
            delta += (next - n) * (handled + 1);
            n = next;
            for (int c : codePoints) {
                if (c < n) {
                    delta++;
                } else if (c == n) {
                    appendDelta(out, delta, bias);
                    bias = adapt(delta, handled + 1, handled == basic);
                    delta = 0;
                    handled++;
                }
            }
        }
        return out.toString();
    }

    private static void appendDelta(StringBuilder out, int delta, int bias) {
        String digits = "abcdefghijklmnopqrstuvwxyz0123456789";
        int q = delta;
        int k = 36;
        for (int t = threshold(k, bias); q >= t; k += 36, t = threshold(k, bias)) {
            out.append(digits.charAt(t + (q - t) % (36 - t)));
            q = (q - t) / (36 - t);
        }
        out.append(digits.charAt(q));
    }

    private static int threshold(int k, int bias) {
        return Math.max(1, Math.min(26, k - bias));
    }

    private static int adapt(int delta, int handled, boolean first) {
        int d = first ? delta / 700 : delta / 2;
        d += d / handled;
        int k = 0;
        for (; d > 455; k += 36) {
            d /= 35;
        }
        return k + 36 * d / (d + 38);
    }

    private static IllegalArgumentException wrong(String what, String given) {
        return new IllegalArgumentException(what + ": \"" + given + "\"");
    }
}
