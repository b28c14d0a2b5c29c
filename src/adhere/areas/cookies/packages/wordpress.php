<?php
/**
 * Plugin Name: Adhere consent
 * Description: The consent banner, and a wall that holds back what a visitor did not consent to.
 * Version: 1.0
 * Requires PHP: 7.4
 * License: Apache-2.0
 *
 * Calls nobody. Whether a purpose was consented to: adhere_choices()['analytics'].
 */

if (!defined('ABSPATH')) {
    exit;
}

function adhere_data(): array
{
    static $data = null;
    if ($data === null) {
        $data = json_decode(<<<'ADHERE_JSON'
ADHERE_WALL
ADHERE_JSON, true);
    }
    return $data;
}

/** The keys in force; nothing where the cookie is not plainly right. */
function adhere_given(): array
{
    $data = adhere_data();
    $values = [];
    foreach (explode(';', $GLOBALS['adhere_header'] ?? $_SERVER['HTTP_COOKIE'] ?? '') as $pair) {
        $parts = explode('=', $pair, 2);
        if (trim($parts[0]) === 'adhere_consent') {
            $values[trim($parts[1] ?? '')] = true;
        }
    }
    $form = '/^1!([0-9]{9,11})!([0-9a-f]{12})!((?:[a-z0-9:-]+\.[01]\.[0-9a-f]{6}!)+)s\.[0-9a-f]{32}$/D';
    if (count($values) !== 1 || !preg_match($form, (string) array_key_first($values), $found)) {
        return [];
    }
    $age = time() - (int) $found[1];
    $fresh = $age >= -86400 && $age < $data['months'] * 30.4375 * 86400;
    if (!$fresh || !in_array($found[2], $data['notices'], true)) {
        return [];
    }
    $given = [];
    foreach (explode('!', rtrim($found[3], '!')) as $said) {
        [$key, $answer, $hash] = explode('.', $said);
        $slug = explode(':', $key)[0];
        if ($answer === '1' && ($data['keys'][$slug] ?? '') === $hash) {
            $given[] = $key;
        }
    }
    return $given;
}

/** Every purpose with true or false. */
function adhere_choices(): array
{
    $choices = [];
    foreach (adhere_data()['keys'] as $slug => $hash) {
        $choices[$slug] = in_array($slug, adhere_given(), true);
    }
    return $choices;
}

function adhere_policy(): string
{
    $data = adhere_data();
    $more = '';
    foreach (adhere_given() as $key) {
        $more .= $data['opens'][$key] ?? '';
    }
    return implode($more, $data['policy']);
}

/** Refused cookies that the browser still sends are taken back, for every domain above as well. */
function adhere_clear(): void
{
    $given = adhere_given();
    $host = preg_replace('/:[0-9]+$/', '', $_SERVER['HTTP_HOST'] ?? '');
    foreach (array_keys($_COOKIE) as $name) {
        $known = false;
        foreach (adhere_data()['cookies'] as [$form, $slug, $vendor]) {
            if (preg_match($form, (string) $name)) {
                $known = true;
                $necessary = !isset(adhere_data()['keys'][$slug]);
                if ($necessary || array_intersect([$slug, "$slug:$vendor"], $given)) {
                    continue 2;
                }
            }
        }
        if ($known) {
            unset($_COOKIE[$name]);
            setcookie($name, '', ['expires' => 1, 'path' => '/']);
            $labels = explode('.', $host);
            for (; count($labels) > 1 && !is_numeric(end($labels)); array_shift($labels)) {
                setcookie($name, '', ['expires' => 1, 'path' => '/', 'domain' => implode('.', $labels)]);
            }
        }
    }
}

function adhere_start(): void
{
    if (is_admin() || headers_sent()) {
        return;
    }
    $GLOBALS['adhere_header'] = $_SERVER['HTTP_COOKIE'] ?? '';
    header('Content-Security-Policy: ' . adhere_policy(), false);
    header('Vary: Cookie', false);
    adhere_clear();
    // A page cache would hand one visitor's page, without these headers, to all others. A cache
    // that keeps headers and heeds Vary may be allowed by: define('ADHERE_PAGE_CACHE', true);
    if (!defined('ADHERE_PAGE_CACHE') && !defined('DONOTCACHEPAGE')) {
        define('DONOTCACHEPAGE', true);
    }
}

function adhere_banner(): void
{
    echo adhere_data()['tag'], "\n";
}

add_action('init', 'adhere_start', PHP_INT_MIN);
add_action('wp_head', 'adhere_banner', PHP_INT_MIN);
add_action('login_head', 'adhere_banner', PHP_INT_MIN);
