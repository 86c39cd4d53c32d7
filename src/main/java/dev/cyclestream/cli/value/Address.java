package dev.cyclestream.cli.value;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Hosts and ports. */
final class Address {

    private static final String HOST = "(?:\\[[0-9A-Fa-f:.%]+\\]|[A-Za-z0-9][A-Za-z0-9._-]*)";
    private static final Pattern HOST_AND_PORT =
            Pattern.compile("(?:[A-Za-z][A-Za-z0-9+_-]*://)?" + HOST + ":(\\d{1,5})");
    private static final Pattern URL =
            Pattern.compile("https?://(?:[^\\s/@]*@)?" + HOST + "(?::(\\d{1,5}))?(?:/[^\\s?#]*)?");
    private static final Pattern USER = Pattern.compile("//[^\\s/@]*@");
    private static final int HIGHEST_PORT = 65535;

    private Address() {}

    static boolean isHostAndPort(String text) {
        return matches(HOST_AND_PORT, text);
    }

    static boolean isUrl(String text) {
        return matches(URL, text);
    }

    private static boolean matches(Pattern form, String text) {
        Matcher matcher = form.matcher(text);
        return matcher.matches() && (matcher.group(1) == null || isPort(Integer.parseInt(matcher.group(1))));
    }

    private static boolean isPort(int number) {
        return number >= 1 && number <= HIGHEST_PORT;
    }

    /** Without user and password. */
    static String masked(String text) {
        return USER.matcher(text).replaceAll("//****@");
    }
}
