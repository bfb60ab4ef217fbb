package io.releve.acl.core;

import java.util.List;

/**
 * A user as the configuration declares it.
 *
 * @param name one byte a character
 * @param rules likewise, selectors put together
 */
record Declaration(String name, List<String> rules) {
}
