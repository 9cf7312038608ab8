/*
 * Which of the entities that share a name is meant. Georgia is a country and a state, Congo are two, MSZ are ministries
 * of several countries. All are kept, and the likeliest comes first, by what costs next to nothing:
 *   the names of the text that leave no doubt vote for the countries of what they name;
 *   the language of the text votes for where it is spoken;
 *   what has more names in more languages is better known (aln_image_entity.prior).
 *
 * The votes count from where they stand on, for a text is read once.
 *
 * SPDX-License-Identifier: MIT
 */
#include "lexicon.h"
#include "scan.h"
#include <string.h>

#define VOTE_HOME 3    /* of the language */
#define VOTE_FIRST 5   /* of the first mention of a country */
#define VOTE_FURTHER 3 /* for each doubling of the mentions */
#define VOTE_MOST 14

static const aln_image_entity *entity_at(const aln_lexicon *lexicon, uint32_t number)
{
    const aln_image *image = lexicon->layer[0];
    if (number < image->entity_count)
        return aln_image_entities(image) + number;
    return aln_image_entities(lexicon->layer[1]) +
           lexicon->numbers[lexicon->layer[1]->entity_count + number - image->entity_count];
}

void aln_context_begin(aln_context *context, const aln_lexicon *lexicon, uint8_t language)
{
    memset(context, 0, sizeof *context);
    context->lexicon = lexicon;
    if (language < aln_language_count && aln_languages[language].home[0])
        context->home = aln_image_country(aln_languages[language].home);
}

/* What the user's names share with built-in ones was not compared. */
int aln_entity_shares(const aln_lexicon *lexicon, uint32_t entity)
{
    return lexicon->layers > 1 || entity_at(lexicon, entity)->shares;
}

/* What a body has for itself beside a generic word of the same name: МИД of no country in sight is a foreign ministry.
 */
static int votes_for(const aln_context *context, const aln_found *found, int beside_generic)
{
    const aln_image_entity *entity = entity_at(context->lexicon, found->entity);
    int votes = !beside_generic ? entity->prior : aln_is_generic_word(found->flags) ? 1 : 0;
    if (!entity->country)
        return votes;
    if (entity->country == context->home || (found->flags & ALN_FOUND_HOME))
        votes += VOTE_HOME;
    int mentioned = 0;
    for (unsigned n = context->mentions[entity->country]; n && mentioned < VOTE_MOST; n >>= 1)
        mentioned += mentioned ? VOTE_FURTHER : VOTE_FIRST;
    return votes + mentioned;
}

/* Orders the entities of one name. Inhabitants and former names stay behind what is in use, and have marks already. */
static void order(const aln_context *context, aln_found *found, size_t count)
{
    int votes[ALN_FOUND_PER_NAME], generic = 0;
    size_t plain = 0;
    for (size_t i = 0; i < count; i++)
        generic |= aln_is_generic_word(found[i].flags) && (found[i].flags & ALN_NAME_ABBREVIATION);
    while (plain < count && !(found[plain].flags & (ALN_NAME_DEMONYM | ALN_FOUND_FORMER))) {
        aln_found one = found[plain];
        int mine = votes_for(context, &one, generic);
        size_t at = plain++;
        for (; at && votes[at - 1] < mine; at--) {
            found[at] = found[at - 1];
            votes[at] = votes[at - 1];
        }
        found[at] = one;
        votes[at] = mine;
    }
    for (size_t i = 1; i < plain; i++)
        found[i].flags |= ALN_FOUND_OTHER;
    if (plain)
        found[0].flags &= ~ALN_FOUND_OTHER;
}

void aln_context_order(aln_context *context, aln_window *window)
{
    aln_found *found = window->found;
    size_t doubtful = 0;
    for (size_t i = 0, end; i < window->found_count; i = end) {
        for (end = i + 1; end < window->found_count && found[end].first == found[i].first;)
            end++;
        if (end > i + 1) {
            doubtful++;
            continue;
        }
        uint16_t country = entity_at(context->lexicon, found[i].entity)->country;
        if (country && context->mentions[country] < UINT16_MAX)
            context->mentions[country]++;
    }
    for (size_t i = 0, end; doubtful && i < window->found_count; i = end) {
        for (end = i + 1; end < window->found_count && found[end].first == found[i].first;)
            end++;
        if (end == i + 1)
            continue;
        order(context, found + i, end - i);
        doubtful--;
    }
}
