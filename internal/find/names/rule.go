package names

import "github.com/isnad-project/isnad"

// rule is a way of finding a name.
type rule uint8

const (
	noRule rule = iota
	lexCountry
	lexPlace
	lexPerson
	lexOrg
	headNation
	headIn
	headOut
	headQuoted
	personForename
	personTitle
	glossed
	again
	model
	listed
)

// trusts are the rules' names, and the share of their findings that is right in marked
// articles.
var trusts = [...]isnad.Trust{
	noRule:         {Rule: "none", Confidence: 0},
	lexCountry:     {Rule: "lexicon/country", Confidence: 0.98},
	lexPlace:       {Rule: "lexicon/place", Confidence: 0.97},
	lexPerson:      {Rule: "lexicon/person", Confidence: 0.96},
	lexOrg:         {Rule: "lexicon/organization", Confidence: 0.97},
	headNation:     {Rule: "head/nation", Confidence: 0.97},
	headIn:         {Rule: "head/in", Confidence: 0.88},
	headOut:        {Rule: "head/out", Confidence: 0.88},
	headQuoted:     {Rule: "head/quoted", Confidence: 0.92},
	personForename: {Rule: "person/forename", Confidence: 0.95},
	personTitle:    {Rule: "person/title", Confidence: 0.92},
	glossed:        {Rule: "gloss", Confidence: 0.94},
	again:          {Rule: "again", Confidence: 0.92},
	model:          {Rule: "model", Confidence: 0.7},
	listed:         {Rule: "head/list", Confidence: 0.8},
}

func (r rule) trust() isnad.Trust { return trusts[r] }
