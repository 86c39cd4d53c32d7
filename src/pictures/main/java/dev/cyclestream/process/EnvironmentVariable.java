package dev.cyclestream.process;

import com.sun.jna.Function;
import com.sun.jna.Platform;

/**
 * A variable of the process's environment that a native library reads. Java itself only has a copy of the environment, which
 * {@link System#getenv} shows and which nothing changes.
 */
public record EnvironmentVariable(String name, String value) {

    /**
     * Sets the variable for native libraries that are loaded from here on, unless it was set when the process began.
     *
     * @return whether they will find this value
     */
    public boolean setUnlessGiven() {
        String given = System.getenv(name);
        return given == null ? set() : given.equals(value);
    }

    private boolean set() {
        try {
            return Function.getFunction(Platform.C_LIBRARY_NAME, "setenv").invokeInt(new Object[] {name, value, 0})
                    == 0;
        } catch (LinkageError e) {
            return false; // no such function on Windows, or nothing can be unpacked into the temporary folder
        }
    }
}
